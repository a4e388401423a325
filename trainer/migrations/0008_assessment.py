import django.core.validators
import django.db.models.deletion
from decimal import Decimal
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('trainer', '0007_interfaces'),
    ]

    operations = [
        migrations.CreateModel(
            name='InterviewPrompt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='代号')),
                ('dimension', models.CharField(choices=[('attitude', '服务态度'), ('communication', '沟通'), ('knowledge', '业务知识'), ('problem_solving', '解决问题'), ('feedback', '反馈跟进'), ('efficiency', '效率'), ('teamwork', '团队协作')], max_length=20, verbose_name='维度')),
                ('text', models.CharField(max_length=300, verbose_name='问题')),
                ('listen', models.CharField(max_length=300, verbose_name='听什么')),
                ('position', models.PositiveSmallIntegerField(default=0, verbose_name='次序')),
                ('retired_at', models.DateTimeField(blank=True, null=True, verbose_name='停用时间')),
            ],
            options={
                'verbose_name': '面试问题',
                'verbose_name_plural': '面试问题',
                'ordering': ['position', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('text', ''), _negated=True), models.Q(('listen', ''), _negated=True)), name='interview_prompt_says_what_to_listen_for')],
            },
        ),
        migrations.CreateModel(
            name='PerformanceSheet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.UUIDField(unique=True, verbose_name='表单号')),
                ('name', models.CharField(max_length=200, verbose_name='文件名')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='指纹')),
                ('state', models.CharField(choices=[('previewed', '待确认'), ('confirmed', '已导入'), ('rolled_back', '已撤回')], default='previewed', max_length=12, verbose_name='状态')),
                ('notes', models.JSONField(blank=True, default=list, verbose_name='说明')),
                ('created_at', models.DateTimeField(verbose_name='上传时间')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('rolled_back_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('created_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('rolled_back_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人')),
            ],
            options={
                'verbose_name': '绩效表',
                'verbose_name_plural': '绩效表',
                'ordering': ['-created_at', '-pk'],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('state', 'previewed'), models.Q(('confirmed_at__isnull', False), ('confirmed_by__isnull', False)), _connector='OR'), name='performance_sheet_confirmed_by_somebody'),
                    models.CheckConstraint(condition=models.Q(models.Q(('state', 'rolled_back'), _negated=True), models.Q(('rolled_back_at__isnull', False), ('rolled_back_by__isnull', False)), _connector='OR'), name='performance_sheet_rolled_back_by_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PerformanceMonth',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('month', models.DateField(verbose_name='月份')),
                ('first_reply', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('86400'))], verbose_name='首次响应（秒）')),
                ('average_reply', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('86400'))], verbose_name='平均响应（秒）')),
                ('conversion', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='询单转化率（%）')),
                ('satisfaction', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='满意度（%）')),
                ('refund_rate', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='退款率（%）')),
                ('complaint_rate', models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True, validators=[django.core.validators.MinValueValidator(Decimal('0')), django.core.validators.MaxValueValidator(Decimal('100'))], verbose_name='投诉率（%）')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='修改理由')),
                ('entered_at', models.DateTimeField(verbose_name='录入时间')),
                ('entered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='录入人')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='performance', to=settings.AUTH_USER_MODEL, verbose_name='学员')),
                ('sheet', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='months', to='trainer.performancesheet', verbose_name='绩效表')),
            ],
            options={
                'verbose_name': '月度绩效',
                'verbose_name_plural': '月度绩效',
                'ordering': ['learner', 'month'],
                'permissions': [('enter_performance', '录入绩效')],
                'constraints': [
                    models.UniqueConstraint(fields=('learner', 'month'), name='performance_once_per_month'),
                    models.CheckConstraint(condition=models.Q(('month__day', 1)), name='performance_month_is_its_first_day'),
                    models.CheckConstraint(condition=models.Q(('average_reply__isnull', True), ('complaint_rate__isnull', True), ('conversion__isnull', True), ('first_reply__isnull', True), ('refund_rate__isnull', True), ('satisfaction__isnull', True), _negated=True), name='performance_has_a_figure'),
                    models.CheckConstraint(condition=models.Q(('first_reply', None), models.Q(('first_reply__gte', 0), ('first_reply__lte', 86400)), _connector='OR'), name='performance_first_reply_possible'),
                    models.CheckConstraint(condition=models.Q(('average_reply', None), models.Q(('average_reply__gte', 0), ('average_reply__lte', 86400)), _connector='OR'), name='performance_average_reply_possible'),
                    models.CheckConstraint(condition=models.Q(('conversion', None), models.Q(('conversion__gte', 0), ('conversion__lte', 100)), _connector='OR'), name='performance_conversion_possible'),
                    models.CheckConstraint(condition=models.Q(('satisfaction', None), models.Q(('satisfaction__gte', 0), ('satisfaction__lte', 100)), _connector='OR'), name='performance_satisfaction_possible'),
                    models.CheckConstraint(condition=models.Q(('refund_rate', None), models.Q(('refund_rate__gte', 0), ('refund_rate__lte', 100)), _connector='OR'), name='performance_refund_rate_possible'),
                    models.CheckConstraint(condition=models.Q(('complaint_rate', None), models.Q(('complaint_rate__gte', 0), ('complaint_rate__lte', 100)), _connector='OR'), name='performance_complaint_rate_possible'),
                ],
            },
        ),
        migrations.CreateModel(
            name='PerformanceLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField(verbose_name='行')),
                ('name', models.CharField(blank=True, max_length=80, verbose_name='姓名')),
                ('month', models.DateField(blank=True, null=True, verbose_name='月份')),
                ('figures', models.JSONField(blank=True, default=dict, verbose_name='指标')),
                ('before', models.JSONField(blank=True, null=True, verbose_name='原来的指标')),
                ('state', models.CharField(choices=[('new', '新的'), ('changed', '有变化'), ('same', '没变'), ('problem', '有问题')], max_length=8, verbose_name='和现有的比')),
                ('problems', models.JSONField(blank=True, default=list, verbose_name='问题')),
                ('learner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='学员')),
                ('sheet', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='trainer.performancesheet', verbose_name='绩效表')),
            ],
            options={
                'verbose_name': '绩效表的行',
                'verbose_name_plural': '绩效表的行',
                'ordering': ['sheet', 'line'],
                'constraints': [
                    models.UniqueConstraint(fields=('sheet', 'line'), name='performance_line_once'),
                    models.UniqueConstraint(condition=models.Q(('state', 'problem'), _negated=True), fields=('sheet', 'learner', 'month'), name='performance_line_one_per_person_and_month'),
                    models.CheckConstraint(condition=models.Q(('state', 'problem'), models.Q(('learner__isnull', False), ('month__isnull', False)), _connector='OR'), name='performance_line_of_somebody'),
                ],
            },
        ),
        migrations.CreateModel(
            name='SchemeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(unique=True, verbose_name='版本')),
                ('data', models.JSONField(verbose_name='内容')),
                ('digest', models.CharField(max_length=64, verbose_name='指纹')),
                ('note', models.CharField(max_length=300, verbose_name='改了什么')),
                ('loaded', models.BooleanField(default=False, verbose_name='来自文件')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
            ],
            options={
                'verbose_name': '考核方案版本',
                'verbose_name_plural': '考核方案版本',
                'ordering': ['-number'],
                'permissions': [('publish_scheme', '发布考核方案')],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('note', ''), _negated=True), name='scheme_version_says_what_changed'),
                ],
            },
        ),
        migrations.CreateModel(
            name='Interview',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.PositiveIntegerField(verbose_name='种子')),
                ('prompts', models.JSONField(verbose_name='问题')),
                ('held_at', models.DateTimeField(verbose_name='面试时间')),
                ('answers', models.JSONField(blank=True, default=dict, verbose_name='记录')),
                ('revision', models.PositiveIntegerField(default=0, verbose_name='保存次数')),
                ('saved_at', models.DateTimeField(blank=True, null=True, verbose_name='保存时间')),
                ('comment', models.TextField(blank=True, verbose_name='给学员的话')),
                ('private_notes', models.TextField(blank=True, verbose_name='只给主管看的备注')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='提交时间')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='更正理由')),
                ('beside', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='second', to='trainer.interview', verbose_name='第一位面试人的记录')),
                ('corrects', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='correction', to='trainer.interview', verbose_name='更正哪一份')),
                ('learner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews', to=settings.AUTH_USER_MODEL, verbose_name='学员')),
                ('rater', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interviews_held', to=settings.AUTH_USER_MODEL, verbose_name='面试人')),
                ('scheme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='trainer.schemeversion', verbose_name='考核方案版本')),
            ],
            options={
                'verbose_name': '电话面试',
                'verbose_name_plural': '电话面试',
                'ordering': ['-held_at', '-pk'],
                'permissions': [('hold_interview', '做电话面试')],
                'constraints': [
                    models.CheckConstraint(condition=models.Q(('learner', models.F('rater')), _negated=True), name='interview_not_of_oneself'),
                    models.UniqueConstraint(condition=models.Q(('finished_at', None)), fields=('learner', 'rater'), name='interview_one_draft_per_rater'),
                    models.CheckConstraint(condition=models.Q(('finished_at', None), ('finished_at__gte', models.F('held_at')), _connector='OR'), name='interview_ends_after_it_began'),
                    models.CheckConstraint(condition=models.Q(('corrects', None), models.Q(('reason', ''), _negated=True), _connector='OR'), name='interview_correction_has_a_reason'),
                ],
            },
        ),
        migrations.CreateModel(
            name='InterviewScore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('dimension', models.CharField(choices=[('attitude', '服务态度'), ('communication', '沟通'), ('knowledge', '业务知识'), ('problem_solving', '解决问题'), ('feedback', '反馈跟进'), ('efficiency', '效率'), ('teamwork', '团队协作')], max_length=20, verbose_name='维度')),
                ('score', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='评分')),
                ('not_asked', models.CharField(blank=True, max_length=200, verbose_name='没有问的原因')),
                ('interview', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scores', to='trainer.interview', verbose_name='电话面试')),
            ],
            options={
                'verbose_name': '面试评分',
                'verbose_name_plural': '面试评分',
                'ordering': ['interview', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('interview', 'dimension'), name='interview_score_once_per_dimension'), models.CheckConstraint(condition=models.Q(models.Q(('not_asked', ''), ('score__gte', 1), ('score__lte', 5)), models.Q(('score', None), models.Q(('not_asked', ''), _negated=True)), _connector='OR'), name='interview_score_1_to_5_or_a_reason')],
            },
        ),
    ]

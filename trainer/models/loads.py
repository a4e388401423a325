from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from quizzes.formats.found import FoundQuestion, from_data
from quizzes.formats.sheets.mapping import mappings_from_data
from quizzes.models import Question, QuestionVersion, ScenarioVersion, Topic
from quizzes.models import labels as engine
from quizzes.rules.reviewed import Reviewed, review_of
from quizzes.rules.vocabulary import Platform
from trainer.models.labels import LABELS, load_choices
from trainer.models.lessons import LessonVersion
from trainer.models.products import Product
from trainer.rules.loads import Decision, Difference, EntryKind, FileState, LoadKind, LoadState
from trainer.rules.markdown import render
from trainer.rules.vocabulary import LessonKind

UNFINISHED = (LoadState.READING, LoadState.PREVIEWED, LoadState.CONFIRMED, LoadState.SCHEDULED)


def _person(word, **options):
    return models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=word, **options)


class Load(models.Model):
    """Files that one person brought in together, from upload to publication or roll back.

    ``token`` comes with the upload form, so that sending it twice makes one load. ``by_two`` says that the person who
    releases it (now or for a day) may not be the one who confirmed it.
    """

    token = models.UUIDField(_("表单号"), unique=True)
    title = models.CharField(_("名称"), max_length=120)
    kind = models.CharField(_("内容"), max_length=10, choices=load_choices(LoadKind), default=LoadKind.AUTO)
    topic = models.ForeignKey(
        Topic, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("试题的主题")
    )
    platform = models.CharField(
        _("平台"), max_length=10, choices=engine.choices(Platform), default=Platform.ALL
    )
    simplify = models.BooleanField(_("繁体转简体"), default=False)
    by_two = models.BooleanField(_("两人复核"), default=False)
    state = models.CharField(
        _("状态"), max_length=12, choices=load_choices(LoadState), default=LoadState.READING, db_index=True
    )
    created_at = models.DateTimeField(_("上传时间"))
    created_by = _person(_("上传人"), null=True, blank=True)
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, blank=True)
    confirmed_by = _person(_("确认人"), null=True, blank=True)
    released_by = _person(_("发布人"), null=True, blank=True)
    publish_on = models.DateField(_("定时发布"), null=True, blank=True)
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    rolled_back_at = models.DateTimeField(_("撤回时间"), null=True, blank=True)
    rolled_back_by = _person(_("撤回人"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[LoadState.CONFIRMED, LoadState.SCHEDULED, LoadState.PUBLISHED])
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="load_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[LoadState.SCHEDULED, LoadState.PUBLISHED]) | Q(released_by__isnull=False),
                name="load_released_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(by_two=False) | Q(released_by=None) | ~Q(released_by=F("confirmed_by")),
                name="load_released_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=LoadState.SCHEDULED) | Q(publish_on__isnull=False), name="load_scheduled_for_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state=LoadState.PUBLISHED) | Q(published_at__isnull=False), name="load_published_some_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=LoadState.ROLLED_BACK)
                | Q(rolled_back_at__isnull=False, rolled_back_by__isnull=False),
                name="load_rolled_back_by_somebody",
            ),
        ]

    def __str__(self):
        return self.title


class LoadFile(models.Model):
    """One file of a load. ``heartbeat_at`` is the last sign of life of whoever reads it; ``earlier`` is a file with the
    same bytes that was loaded before. ``keep`` are the numbers of removed lines that a person put back."""

    load = models.ForeignKey(Load, models.CASCADE, related_name="files", verbose_name=_("导入"))
    position = models.PositiveSmallIntegerField(_("次序"))
    name = models.CharField(_("文件名"), max_length=200)
    size = models.PositiveIntegerField(_("字节"))
    sha256 = models.CharField(_("指纹"), max_length=64, db_index=True)
    earlier = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("以前导入过")
    )
    state = models.CharField(_("状态"), max_length=10, choices=load_choices(FileState), default=FileState.WAITING)
    format = models.CharField(_("格式"), max_length=30, blank=True)
    error = models.TextField(_("问题"), blank=True)
    tries = models.PositiveSmallIntegerField(_("读过几次"), default=0)
    heartbeat_at = models.DateTimeField(_("最近动静"), null=True, blank=True)
    keep = models.JSONField(_("放回的行"), default=list, blank=True)
    mapping = models.JSONField(_("列的对应"), null=True, blank=True)

    class Meta:
        verbose_name = _("导入的文件")
        verbose_name_plural = _("导入的文件")
        ordering = ["load", "position"]
        constraints = [
            models.UniqueConstraint(fields=["load", "position"], name="load_file_position_once"),
            models.UniqueConstraint(fields=["load", "sha256"], name="load_file_once_per_load"),
            models.CheckConstraint(condition=~Q(state=FileState.FAILED) | ~Q(error=""), name="load_file_failed_why"),
        ]

    def __str__(self):
        return self.name

    @property
    def is_sheet_of_text(self) -> bool:
        """Whether the file is a sheet in which no column was taken for questions, so that it was read as lessons."""
        if self.error or not self.mapping or "sheets" not in self.mapping:
            return False
        return not any(sheet.is_read for sheet in mappings_from_data(self.mapping).sheets)


class LoadedBytes(models.Model):
    """What is in a file, apart from its row so that lists never carry it. Never served to anybody."""

    file = models.OneToOneField(LoadFile, models.CASCADE, primary_key=True, related_name="bytes")
    data = models.BinaryField(_("内容"))

    class Meta:
        verbose_name = _("文件内容")
        verbose_name_plural = _("文件内容")

    def __str__(self):
        return str(self.file_id)


class LoadEntry(models.Model):
    """Something that was found in a file, what it is against what is there, and what becomes of it.

    ``data`` is a question or the proposed reading of a held one (``quizzes.formats.found.to_data``), a lesson draft or
    a product; ``found`` is the hash of what was read, kept through edits, so that reading again keeps decisions.
    ``slug`` is the one that a new question gets in the bank.
    ``twin`` is the question of the bank that it is compared with. ``question``, ``lesson_version``, ``product`` or
    ``scenario_version`` is what it became; ``before`` is what the question said until then, ``scenario_before`` what
    the scenario said.
    """

    load = models.ForeignKey(Load, models.CASCADE, related_name="entries", verbose_name=_("导入"))
    file = models.ForeignKey(LoadFile, models.CASCADE, related_name="entries", verbose_name=_("文件"))
    position = models.PositiveIntegerField(_("次序"))
    line = models.PositiveIntegerField(_("行"))
    kind = models.CharField(_("是什么"), max_length=10, choices=load_choices(EntryKind))
    text = models.TextField(_("原文"), blank=True)
    reason = models.TextField(_("说明"), blank=True)
    data = models.JSONField(_("读成"), null=True, blank=True)
    found = models.CharField(_("指纹"), max_length=64)
    slug = models.CharField(_("试题代号"), max_length=120, blank=True, db_index=True)
    difference = models.CharField(
        _("和现有内容比"), max_length=10, choices=load_choices(Difference), default=Difference.NEW
    )
    twin = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("题库里的题")
    )
    decision = models.CharField(_("决定"), max_length=6, choices=load_choices(Decision), default=Decision.OPEN)
    edited = models.BooleanField(_("改过"), default=False)
    decided_at = models.DateTimeField(_("决定时间"), null=True, blank=True)
    decided_by = _person(_("决定人"), null=True, blank=True)
    question = models.ForeignKey(
        Question, models.SET_NULL, null=True, blank=True, related_name="load_entries", verbose_name=_("试题")
    )
    before = models.ForeignKey(
        QuestionVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("导入前的版本")
    )
    lesson_version = models.ForeignKey(
        LessonVersion, models.SET_NULL, null=True, blank=True, related_name="load_entries", verbose_name=_("课程版本")
    )
    product = models.ForeignKey(
        Product, models.SET_NULL, null=True, blank=True, related_name="load_entries", verbose_name=_("商品")
    )
    scenario_version = models.ForeignKey(
        ScenarioVersion, models.SET_NULL, null=True, blank=True, related_name="load_entries", verbose_name=_("情景版本")
    )
    scenario_before = models.ForeignKey(
        ScenarioVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("导入前的情景版本")
    )

    class Meta:
        verbose_name = _("导入的条目")
        verbose_name_plural = _("导入的条目")
        ordering = ["file__position", "position"]
        indexes = [models.Index(fields=["load", "kind", "decision"], name="load_entry_by_kind")]
        constraints = [
            models.UniqueConstraint(fields=["file", "position"], name="load_entry_position_once"),
            models.CheckConstraint(
                condition=~Q(decision=Decision.TAKE) | Q(kind=EntryKind.REMOVED) | Q(data__isnull=False),
                name="load_entry_taken_has_content",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.line}"

    @property
    def review(self) -> Reviewed | None:
        """The question with its key, for pages of those who load; none where nothing was read."""
        if self.data is None or self.kind not in (EntryKind.QUESTION, EntryKind.HELD):
            return None
        found = self.parsed()
        return review_of(found.content, found.stem, {}, None)

    @property
    def kind_label(self) -> str:
        """What kind of question it was read as."""
        return str(engine.LABELS[self.parsed().kind])

    @property
    def is_in(self) -> bool:
        """Whether it has become something; then it is changed where that is kept."""
        return any((self.question_id, self.lesson_version_id, self.product_id, self.scenario_version_id))

    @property
    def lesson_kind_label(self) -> str:
        return str(LABELS[LessonKind((self.data or {})["kind"])])

    @property
    def facts_taken(self) -> int:
        return sum(fact["take"] for fact in (self.data or {})["facts"])

    @property
    def body_html(self) -> str:
        """A lesson's draft as its reader would see it."""
        return mark_safe(render((self.data or {})["body"]))  # noqa: S308 - render cleans it

    def parsed(self) -> FoundQuestion:
        """The question as read or edited; only for questions and for held ones with a proposed reading."""
        return from_data(self.data or {})


class SheetMapping(models.Model):
    """How the columns of a sheet with these headers were read, by the hash of its headers; the newest choice stands."""

    headers = models.CharField(_("表头指纹"), max_length=64, unique=True)
    mapping = models.JSONField(_("列的对应"))
    saved_at = models.DateTimeField(_("保存时间"))
    saved_by = _person(_("保存人"), null=True, blank=True)

    class Meta:
        verbose_name = _("列的对应")
        verbose_name_plural = _("列的对应")

    def __str__(self):
        return self.headers[:12]


class WorkerBeat(models.Model):
    """The last sign of life of a worker of the queue."""

    name = models.CharField(_("名称"), max_length=64, unique=True)
    at = models.DateTimeField(_("时间"))

    class Meta:
        verbose_name = _("后台进程")
        verbose_name_plural = _("后台进程")

    def __str__(self):
        return self.name

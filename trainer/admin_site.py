from django.contrib.admin import AdminSite
from django.utils.translation import gettext_lazy as _


class TrainingAdminSite(AdminSite):
    site_header = _("培训后台")
    site_title = _("培训后台")
    index_title = _("数据管理")

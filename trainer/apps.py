from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import gettext_lazy as _


class TrainerConfig(AppConfig):
    name = "trainer"
    verbose_name = _("培训")

    def ready(self):
        from trainer import checks, receivers  # noqa: F401


class TidyAdminConfig(AdminConfig):
    default_site = "trainer.admin_site.TrainingAdminSite"

from django.contrib import admin


class LookUp:
    """Seen, never changed: pages with their own checks and audit rows write these."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class LookUpAdmin(LookUp, admin.ModelAdmin):
    list_per_page = 50
    show_full_result_count = False

"""The API on one page, from its own description: no script, and nothing from another site."""

from django.contrib.auth.decorators import login_required, permission_required
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from trainer.api.site import api
from trainer.models.labels import EVENT_LABELS, SCOPE_LABELS
from trainer.rules.webhooks import Event

METHODS = ("get", "post")


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_safe
def api_docs(request):
    schema = api.get_openapi_schema()
    operations = [
        {
            "method": method.upper(),
            "path": path,
            "summary": operation["summary"],
            "text": operation.get("description", ""),
            "parameters": [
                {"name": p["name"], "text": p.get("description", ""), "required": p.get("required", False)}
                for p in operation.get("parameters", [])
            ],
        }
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in METHODS
    ]
    context = {
        "operations": operations,
        "scopes": [(scope.value, label) for scope, label in SCOPE_LABELS.items()],
        "events": [(event.value, label) for event, label in EVENT_LABELS.items() if event != Event.PING],
        "openapi_url": reverse("api:openapi-json"),
        "base": request.build_absolute_uri(reverse("api:api-root")),
    }
    return render(request, "trainer/api_docs.html", context)

"""Where other systems are told what happens here, and what became of each message."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from trainer.commands.webhooks import NotWaiting, add_webhook, change_webhook, ping, renew_secret, send_again
from trainer.forms.interfaces import WebhookForm
from trainer.models import Webhook, WebhookDelivery
from trainer.models.labels import EVENT_LABELS
from trainer.rules.webhooks import DeliveryState, Event

PER_PAGE = 30
PROBLEMS = {
    "bad_address": gettext_lazy("地址写得不对"),
    "not_https": gettext_lazy("地址不是 https"),
    "unknown_host": gettext_lazy("找不到这个主机名"),
    "private_address": gettext_lazy("地址在内网，为了安全不发"),
    "no_connection": gettext_lazy("连不上，或者证书不对"),
    "too_slow": gettext_lazy("对方太久没有回答"),
    "refused": gettext_lazy("对方没有收下"),
    "no_secret": gettext_lazy("密钥打不开（站点的 SECRET_KEY 换过），请换新密钥"),
}


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def webhooks(request):
    """Every webhook; a new one's secret is shown on the answer to the form, and never again."""
    form, made, secret = WebhookForm(), None, ""
    if request.method == "POST":
        form = WebhookForm(request.POST)
        if form.is_valid():
            data = form.cleaned_data
            made, secret = add_webhook(
                name=data["name"], url=data["url"], events=data["events"], by=request.user, at=timezone.now()
            )
            form = WebhookForm()
    waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.PENDING))
    dead = Count("deliveries", filter=Q(deliveries__state=DeliveryState.DEAD))
    rows = Webhook.objects.annotate(waiting=waiting, dead=dead)
    context = {"form": form, "made": made, "secret": secret, "hooks": rows}
    return render(request, "trainer/webhooks.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def webhook(request, pk):
    """One webhook: what it wants to know, and what it was sent."""
    hook = get_object_or_404(Webhook, pk=pk)
    form = WebhookForm.of(hook)
    if request.method == "POST":
        form = WebhookForm(request.POST)
        if form.is_valid():
            change_webhook(webhook_id=hook.pk, **form.cleaned_data, by=request.user, at=timezone.now())
            messages.success(request, _("已保存。"))
            return redirect("trainer:webhook", pk=hook.pk)
    return _page(request, hook, form)


def _page(request, hook: Webhook, form: WebhookForm, secret: str = ""):
    rows = WebhookDelivery.objects.filter(webhook=hook).select_related("event")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    sent = [
        {
            "delivery": row,
            "event": EVENT_LABELS[Event(row.event.kind)],
            "problem": PROBLEMS.get(row.problem, ""),
        }
        for row in page
    ]
    context = {"hook": hook, "form": form, "page": page, "sent": sent, "secret": secret}
    return render(request, "trainer/webhook.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_POST
@never_cache
def secret(request, pk):
    """A new secret, shown on this answer and never again."""
    get_object_or_404(Webhook, pk=pk)
    hook, new = renew_secret(webhook_id=pk, by=request.user, at=timezone.now())
    return _page(request, hook, WebhookForm.of(hook), new)


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_POST
def try_out(request, pk):
    ping(webhook=get_object_or_404(Webhook, pk=pk), by=request.user, at=timezone.now())
    messages.success(request, _("试发的消息在路上了，一分钟内会有结果。"))
    return redirect("trainer:webhook", pk=pk)


@login_required
@permission_required("trainer.manage_interfaces", raise_exception=True)
@require_POST
def again(request, pk):
    delivery = get_object_or_404(WebhookDelivery, pk=pk)
    try:
        send_again(delivery_id=delivery.pk, by=request.user, at=timezone.now())
    except NotWaiting:
        messages.info(request, _("这一条还在路上，不用再发。"))
    else:
        messages.success(request, _("会再发一次，一分钟内有结果。"))
    return redirect("trainer:webhook", pk=delivery.webhook_id)

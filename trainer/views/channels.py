"""The robots of group chats: where a team's digest goes, and what came of it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from trainer.commands.channels import ChannelTerms, NoRobot, delete_channel, save_channel
from trainer.commands.digests import send_test
from trainer.forms.rosters import ChannelForm
from trainer.models import Channel, Delivery
from trainer.queries.digests import failures_in_row
from trainer.rules.course_words import ChannelKind, DeliveryOutcome
from trainer.rules.digests import FAILING

PER_PAGE = 25


@login_required
@permission_required("trainer.keep_channels", raise_exception=True)
def channels(request):
    form = ChannelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        terms = ChannelTerms(
            ChannelKind(data["kind"]), data["webhook"], data["secret"], data["is_on"], data["quiet_from"],
            data["quiet_until"],
        )  # fmt: skip
        try:
            save_channel(team=data["team"], terms=terms, by=request.user, at=timezone.now())
        except NoRobot:
            form.add_error("webhook", _("这不是所选平台的群机器人地址：要用 https，而且是它自己的域名。"))
        else:
            messages.success(request, _("保存了。发一条测试消息看看。"))
            return redirect("trainer:channels")
    rows = list(Channel.objects.select_related("team"))
    failed = failures_in_row(rows)
    deliveries = Delivery.objects.select_related("team", "person")
    context = {
        "form": form,
        "channels": [(channel, failed.get(channel.pk, [])) for channel in rows],
        "failing": FAILING,
        "page": Paginator(deliveries, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "trainer/channels.html", context)


@login_required
@permission_required("trainer.keep_channels", raise_exception=True)
@require_POST
def test(request, pk):
    channel = get_object_or_404(Channel.objects.select_related("team"), pk=pk)
    row = send_test(channel=channel, by=request.user, at=timezone.now())
    if row.outcome == DeliveryOutcome.SENT:
        messages.success(request, _("测试消息发出去了，到群里看看。"))
    else:
        messages.error(request, _("没发出去：%(problem)s") % {"problem": row.problem})
    return redirect("trainer:channels")


@login_required
@permission_required("trainer.keep_channels", raise_exception=True)
@require_POST
def delete(request, pk):
    channel = get_object_or_404(Channel, pk=pk)
    delete_channel(channel=channel, by=request.user, at=timezone.now())
    messages.success(request, _("删掉了，地址和密钥不再保存。"))
    return redirect("trainer:channels")

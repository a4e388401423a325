"""What a page says when it cannot do what was asked: what happened, and what to do now."""

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def bad_request(request, exception=None):
    return _page(request, 400, _("看不懂这个请求"), _("地址或表单里有缺损的内容。请回到上一页，刷新后再试。"))


def forbidden(request, exception=None):
    return _page(request, 403, _("你没有打开这一页的权限"), _("如果工作需要，请让主管或管理员给你开通。"))


def not_found(request, exception=None):
    return _page(request, 404, _("没有这一页"), _("地址可能写错了，内容可能已经停用，也可能不在你能看的范围里。"))


def csrf_failure(request, reason=""):
    text = _("这张表单放得太久，或者浏览器没有收下 cookie。请回到上一页，刷新后再提交。")
    return _page(request, 403, _("表单已经过期"), text)


def server_error(request):
    """Rendered without the request: whatever broke must not break this page as well."""
    context = {
        "LANGUAGE_CODE": get_language(),
        "heading": _("服务器出错了"),
        "text": _("不是你的操作有问题。已经保存的内容都在，请过一会儿再试；一直这样就告诉管理员。"),
    }
    return HttpResponse(render_to_string("errors/error.html", context), status=500)


def _page(request, status: int, heading: str, text: str):
    return render(request, "errors/error.html", {"heading": heading, "text": text}, status=status)

"""The API as a whole: its operations, and what it says when one of them fails."""

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from trainer.api import assignments, people, results, standings
from trainer.api.frame import framed
from trainer.api.problems import PROBLEM_TYPE, Refused, problem


class DescribedApi(NinjaAPI):
    """Describes its problems by the content type that they have."""

    def get_openapi_schema(self, **kwargs):
        schema = super().get_openapi_schema(**kwargs)
        for methods in schema["paths"].values():
            for operation in methods.values():
                for status, answer in operation["responses"].items():
                    if int(status) >= 400:
                        answer["content"] = {PROBLEM_TYPE: answer["content"]["application/json"]}
        return schema


api = DescribedApi(
    title="客服学堂 API",
    version="1.0",
    description="人员、派课、成绩、转正进度和结论。令牌由管理员在网站上创建，不超过它所代表的人的权限。",
    docs_url=None,  # the site has a page of its own, without scripts from elsewhere
    urls_namespace="api",
)
api.add_decorator(framed, mode="view")
for module in (people, assignments, results, standings):
    api.add_router("", module.router)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused):
    return problem(error.status, error.detail, retry_after=error.retry_after)


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError):
    errors = [{"place": list(found["loc"]), "why": found["type"]} for found in error.errors]
    return problem(422, errors=errors)


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError):
    return problem(400, _("内容不是 JSON。") if error.status_code == 400 else "")


@api.exception_handler(Http404)
def missing(request: HttpRequest, error: Http404):
    return problem(404)

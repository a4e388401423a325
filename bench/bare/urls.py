import json

from django.http import JsonResponse
from django.urls import path

from bench.bare.models import Saved


def save(request):
    given = json.loads(request.body)["answers"][0]
    row = Saved(learner=request.session["_auth_user_id"], item=given["item"], answer=given["answer"])
    Saved.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["learner", "item"], update_fields=["answer"]
    )
    response = JsonResponse({"saved": {given["item"]: given["sequence"]}})
    response["Content-Length"] = len(response.content)
    return response


def ready(request):
    return JsonResponse({})


urlpatterns = [path("save/", save), path("ready/", ready)]

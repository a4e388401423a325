"""The script library."""

import factory
from django.utils import timezone

from trainer.models import Script


class ScriptFactory(factory.django.DjangoModelFactory):
    """A live script with a bad example."""

    class Meta:
        model = Script

    slug = factory.Sequence(lambda n: f"script-{n}")
    title = factory.Sequence(lambda n: f"话术 {n}")
    category = "logistics"
    situation = "aftersale"
    asked = "都三天没动了，到底到哪里了？"
    good = "亲，让您着急了，我马上查这笔订单的物流，五分钟内回您。"
    bad = "快递的事我们管不了，您自己打电话问。"
    bad_check = "shirks"
    why = "把事情推给快递，顾客还是不知道包裹在哪里。"
    state = "live"
    changed_at = factory.LazyFunction(timezone.now)
    approved_at = factory.LazyAttribute(lambda o: timezone.now() if o.state == "live" else None)

"""Which sign-ins there are, from the environment. Read by the settings: nothing of Django may be imported here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

OIDC, WECOM, DINGTALK, FEISHU = "oidc", "wecom", "dingtalk", "feishu"


@dataclass(frozen=True)
class Provider:
    """One way to sign in. ``needed`` are the variables without which it does not work; none set means off."""

    id: str
    kind: str
    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()

    def missing(self, values: Mapping[str, str]) -> tuple[str, ...]:
        """What is still to be set, where something is set."""
        if not any(values.get(name) for name in (*self.needed, *self.optional)):
            return ()
        return tuple(name for name in self.needed if not values.get(name))

    def is_on(self, values: Mapping[str, str]) -> bool:
        return all(values.get(name) for name in self.needed)


PROVIDERS = (
    Provider(
        OIDC, "openid_connect", ("SSO_OIDC_SERVER", "SSO_OIDC_CLIENT_ID", "SSO_OIDC_SECRET"),
        ("SSO_OIDC_NAME", "SSO_OIDC_UID_FIELD"),
    ),
    Provider(WECOM, WECOM, ("SSO_WECOM_CORP_ID", "SSO_WECOM_AGENT_ID", "SSO_WECOM_SECRET")),
    Provider(DINGTALK, DINGTALK, ("SSO_DINGTALK_CLIENT_ID", "SSO_DINGTALK_SECRET")),
    Provider(FEISHU, FEISHU, ("SSO_FEISHU_APP_ID", "SSO_FEISHU_SECRET")),
)  # fmt: skip
VARIABLES = tuple(name for provider in PROVIDERS for name in (*provider.needed, *provider.optional))


def allauth_providers(values: Mapping[str, str]) -> dict[str, Any]:
    """``SOCIALACCOUNT_PROVIDERS`` for the sign-ins that are on; ``values`` are the variables by name."""
    on = {provider.id for provider in PROVIDERS if provider.is_on(values)}
    apps: dict[str, dict[str, Any]] = {
        "openid_connect": {
            "provider_id": OIDC,
            "name": values.get("SSO_OIDC_NAME") or "OpenID Connect",
            "client_id": values.get("SSO_OIDC_CLIENT_ID", ""),
            "secret": values.get("SSO_OIDC_SECRET", ""),
            "settings": {
                "server_url": values.get("SSO_OIDC_SERVER", ""),
                "uid_field": values.get("SSO_OIDC_UID_FIELD") or "sub",
                "oauth_pkce_enabled": True,
            },
        },
        WECOM: {
            "client_id": values.get("SSO_WECOM_CORP_ID", ""),
            "key": values.get("SSO_WECOM_AGENT_ID", ""),
            "secret": values.get("SSO_WECOM_SECRET", ""),
        },
        DINGTALK: {
            "client_id": values.get("SSO_DINGTALK_CLIENT_ID", ""),
            "secret": values.get("SSO_DINGTALK_SECRET", ""),
        },
        FEISHU: {
            "client_id": values.get("SSO_FEISHU_APP_ID", ""),
            "secret": values.get("SSO_FEISHU_SECRET", ""),
        },
    }
    classes = {"openid_connect": "OpenIdProvider", DINGTALK: "DingTalkProvider", FEISHU: "FeishuProvider"}
    found: dict[str, Any] = {}
    for provider in PROVIDERS:
        said: dict[str, Any] = {"APPS": [apps[provider.kind]] if provider.id in on else []}
        if provider.kind in classes:
            said["provider_class"] = f"trainer.sso.company.{classes[provider.kind]}"
        found[provider.kind] = said
    return found

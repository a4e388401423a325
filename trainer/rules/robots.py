"""The messages that group robots take, each in its own shape, and how they are signed. Pure.

Formulas as the vendors document them for custom robots: DingTalk signs ``timestamp\\nsecret`` (milliseconds) with the
secret and takes the result in the address; Feishu signs nothing with ``timestamp\\nsecret`` (seconds) as the key and
takes the result in the body; WeCom knows no signature, the key in its address is the secret.
"""

import base64
import hashlib
import hmac
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote_plus, urlsplit

from trainer.rules.course_words import ChannelKind

HOSTS = {
    ChannelKind.WECOM: ("qyapi.weixin.qq.com",),
    ChannelKind.DINGTALK: ("oapi.dingtalk.com",),
    ChannelKind.FEISHU: ("open.feishu.cn", "open.larksuite.com"),
}
SIGNED = (ChannelKind.DINGTALK, ChannelKind.FEISHU)
MOST_BYTES = 4000  # WeCom takes 4096 of Markdown; the others take more


@dataclass(frozen=True)
class Post:
    """What is sent where."""

    url: str
    body: Mapping[str, Any]


def is_robot(url: str, kind: ChannelKind, *, test_hosts: Collection[str] = ()) -> bool:
    """Whether an address is one of this vendor's robots, by https; ``test_hosts`` are let through by any scheme."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if host in test_hosts:
        return parts.scheme in ("http", "https")
    return parts.scheme == "https" and host in HOSTS[kind] and port in (None, 443) and parts.username is None


def post_of(
    kind: ChannelKind,
    *,
    webhook: str,
    secret: str,
    title: str,
    lines: Collection[str],
    url: str,
    link: str,
    at: datetime,
) -> Post:
    """The message of ``lines`` under ``title``, with ``link`` leading to ``url``, as this vendor wants it at ``at``."""
    match kind:
        case ChannelKind.WECOM:
            return Post(webhook, {"msgtype": "markdown", "markdown": {"content": _markdown(title, lines, url, link)}})
        case ChannelKind.DINGTALK:
            text = _markdown(title, lines, url, link)
            signed = _dingtalk_signed(webhook, secret, at) if secret else webhook
            return Post(signed, {"msgtype": "markdown", "markdown": {"title": title, "text": text}})
        case ChannelKind.FEISHU:
            content = [[{"tag": "text", "text": line}] for line in lines] + [[{"tag": "a", "text": link, "href": url}]]
            body: dict[str, Any] = {
                "msg_type": "post",
                "content": {"post": {"zh_cn": {"title": title, "content": content}}},
            }
            if secret:
                seconds = str(int(at.timestamp()))
                body = {"timestamp": seconds, "sign": feishu_sign(secret, seconds), **body}
            return Post(webhook, body)


def dingtalk_sign(secret: str, milliseconds: str) -> str:
    """Base64 of HMAC-SHA256 over ``timestamp\\nsecret`` by the secret."""
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def feishu_sign(secret: str, seconds: str) -> str:
    """Base64 of HMAC-SHA256 over nothing by ``timestamp\\nsecret``."""
    digest = hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def problem_of(kind: ChannelKind, answer: Any) -> str:
    """Why the vendor refused, in its own words and code; empty when it took the message."""
    if not isinstance(answer, Mapping):
        return "?"
    names = ("code", "msg") if kind is ChannelKind.FEISHU else ("errcode", "errmsg")
    code = answer.get(names[0], answer.get("StatusCode"))
    return "" if code == 0 else f"{code} {answer.get(names[1], '')}".strip()[:150]


def _dingtalk_signed(webhook: str, secret: str, at: datetime) -> str:
    milliseconds = str(int(at.timestamp() * 1000))
    joint = "&" if urlsplit(webhook).query else "?"
    return f"{webhook}{joint}timestamp={milliseconds}&sign={quote_plus(dingtalk_sign(secret, milliseconds))}"


def _markdown(title: str, lines: Collection[str], url: str, link: str) -> str:
    head, tail = f"### {title}\n\n", f"\n\n[{link}]({url})"
    room = MOST_BYTES - len((head + tail).encode())
    body = "\n".join(f"- {line}" for line in lines).encode()[:room].decode(errors="ignore")
    return head + body + tail

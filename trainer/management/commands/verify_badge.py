import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from trainer.commands.badge_key import badge_key
from trainer.rules.badges import BadBadge, key_of_jwk, public_jwk, verify


class Command(BaseCommand):
    help = "Check a badge without any network: who was certified for what, if the signature is ours and it still holds."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, metavar="BADGE.jwt")
        parser.add_argument("--keys", type=Path, help="the issuer's keys.json (default: this site's own key)")

    def handle(self, file: Path, keys: Path | None, **options):
        try:
            known = [key_of_jwk(jwk) for jwk in json.loads(keys.read_text())["keys"]] if keys else None
        except (OSError, ValueError, KeyError, TypeError, BadBadge) as error:
            raise CommandError(_("读不出公钥文件 %(file)s") % {"file": keys}) from error
        ours = known if known is not None else [badge_key().public_key()]
        try:
            token = file.read_text(encoding="ascii")
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(_("读不出文件 %(file)s") % {"file": file}) from error
        try:
            badge = verify(token, {public_jwk(key)["kid"]: key for key in ours}, timezone.now())
        except BadBadge as error:
            raise CommandError(_("这张凭证不可信：%(why)s") % {"why": error}) from error
        subject = badge["credentialSubject"]
        self.stdout.write(
            _("签名有效：%(name)s，%(title)s，%(until)s 前有效。有没有暂停或吊销，看 %(status)s")
            % {
                "name": subject["identifier"][0]["identityHash"],
                "title": badge["name"],
                "until": badge.get("validUntil", "—"),
                "status": badge["credentialStatus"]["id"],
            }
        )

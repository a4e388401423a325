"""``python -m bench.screenshot FILE``: the trainee's home as README shows it, on a desktop and on a phone."""

import os
import sys
from base64 import b64encode
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.server import ROOT, first_answer, free_port, running
from tests.browser import ARGUMENTS, CHROMIUM

LARGEST = 300_000
SIDE_BY_SIDE = """<body style="margin:0;padding:32px;display:flex;gap:32px;align-items:flex-end;background:#e9edec">
<img src="data:image/png;base64,{desktop}" width="900" style="border-radius:12px">
<img src="data:image/png;base64,{phone}" width="280" style="border-radius:24px"></body>"""


def main(file: str) -> None:
    if CHROMIUM is None:
        raise SystemExit("There is no Chromium to take the picture with.")
    os.environ |= {"DJANGO_SETTINGS_MODULE": "trainer.settings", "DEBUG": "1", "DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    import django

    django.setup()
    from django.conf import settings

    from bench.site import session_of
    from trainer.models import User

    session = session_of(User.objects.get(username="xiaolin"))
    port = free_port()
    serve = [sys.executable, "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    with running(serve, {"DEBUG": "1"}), sync_playwright() as playwright:
        origin = f"http://127.0.0.1:{port}"
        first_answer(f"{origin}/accounts/login/")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        shots = {}
        for name, width, height in (("desktop", 1280, 840), ("phone", 390, 844)):
            context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
            context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": origin}])
            page = context.new_page()
            page.goto(origin, wait_until="networkidle")
            shots[name] = page.screenshot()
        picture = browser.new_page(viewport={"width": 1276, "height": 672})
        picture.set_content(SIDE_BY_SIDE.format(**{name: _base64(shot) for name, shot in shots.items()}))
        picture.wait_for_timeout(200)
        picture.screenshot(path=str(ROOT / file))
        browser.close()
    size = Path(ROOT / file).stat().st_size
    print(f"{file}: {size / 1000:.0f} kB")
    if size > LARGEST:
        raise SystemExit(f"{file} is larger than {LARGEST / 1000:.0f} kB.")


def _base64(data: bytes) -> str:
    return b64encode(data).decode()


if __name__ == "__main__":
    main(sys.argv[1])

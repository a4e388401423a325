"""Every worker and every command imports the whole site first: what few requests need must not make all wait."""

import os
import subprocess
import sys

import pytest

HEAVY = ("docx", "pptx", "pypdfium2", "pypinyin", "weasyprint", "xlsxwriter")
IMPORTED = """
import sys
import django
django.setup()
import trainer.urls
print(*sorted({name.partition(".")[0] for name in sys.modules}))
"""


@pytest.fixture(scope="module")
def imported() -> set[str]:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "trainer.settings"}
    done = subprocess.run(
        [sys.executable, "-c", IMPORTED], env=environment, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("library", HEAVY)
def test_starting_the_site_does_not_load_a_library_that_few_requests_need(imported, library):
    assert "trainer" in imported
    assert library not in imported

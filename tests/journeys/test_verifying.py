"""A certificate and its public page: a stranger types the number, and sees when it is suspended."""

import pytest
from playwright.sync_api import expect

from tests.factories.certificates import CertificateFactory

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_stranger_sees_whether_it_holds(become, trainee, admin, axe):
    certificate = CertificateFactory(holder=trainee, name="小林", title="客服上岗证书")

    page = become(trainee, "/certificates/")
    axe(page)
    page.get_by_role("link", name="客服上岗证书").click()
    expect(page.get_by_role("heading", name="客服上岗证书")).to_be_visible()
    axe(page)
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="下载 PDF").click()
    assert downloaded.value.path().read_bytes().startswith(b"%PDF")

    become(None, "/verify/")
    axe(page)
    page.get_by_label("证书编号").fill(certificate.number.lower())
    page.get_by_role("button", name="核验").click()
    expect(page.get_by_text("这张证书有效")).to_be_visible()
    axe(page)

    become(admin, f"/certificates/{certificate.serial}/")
    axe(page)
    page.get_by_label("理由").fill("规则改了，复查以后恢复。")
    page.get_by_role("button", name="吊销").click()
    page.get_by_role("dialog").get_by_role("button", name="取消").click()
    page.get_by_role("button", name="暂停").click()
    expect(page.get_by_text("已办好")).to_be_visible()

    become(None, f"/verify/{certificate.serial}/")
    expect(page.get_by_text("这张证书暂停了")).to_be_visible()
    expect(page.get_by_text("这张证书有效")).to_have_count(0)
    expect(page.get_by_text("规则改了")).to_have_count(0)
    axe(page)

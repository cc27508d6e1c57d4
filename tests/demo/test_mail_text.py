"""Links in a mail of the demo can be clicked; everything else in it stays text."""

from demo.views import with_links


def test_a_link_leads_to_this_address_whatever_the_mail_says() -> None:
    text = 'Open http://127.0.0.1:8000/casussen/TW-26-AAAAA/ of "<script>" & <b>vet</b>.'
    shown = with_links(text)
    assert 'href="/casussen/TW-26-AAAAA/"' in shown
    assert "&lt;script&gt;" in shown and "<b>" not in shown


def test_a_link_cannot_leave_its_attribute_or_this_site() -> None:
    shown = with_links("http://a.example//kwaad.example/'onclick=x")
    assert 'href="//' not in shown
    assert "'onclick" not in shown

"""The log: what it records, that it fails closed, and that meddling is found."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.http import HttpResponse
from django.test import RequestFactory

from audit import chain, log, origin, triggers
from audit.middleware import OriginMiddleware, client_address
from audit.models import AuditEntry, AuditHead
from rdm.lib import clock


@dataclass
class Person:
    pk: object = 7
    name: str = "Anna Voorbeeld"


def read(code="TW-26-7K4QX", **kwargs):
    return log.record(actor=Person(), action="read", object_type="casus", object_id=code, **kwargs)


@pytest.fixture
def unguarded(db):
    """The triggers off, as for somebody who owns the database."""
    triggers.remove(connection)


def sql(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


@pytest.mark.django_db
def test_an_entry_holds_who_what_when_and_whence():
    moment = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    with clock.travel(moment), origin.use("192.0.2.7", "abc"):
        read(part="route", purpose="treat", role="procesmanager", organisation="Zorg & Zo")
    values = AuditEntry.objects.values().get()
    values.pop("hash")
    assert values == {
        "number": 1,
        "at": moment,
        "actor_id": "7",
        "actor_name": "Anna Voorbeeld",
        "role": "procesmanager",
        "organisation": "Zorg & Zo",
        "action": "read",
        "object_type": "casus",
        "object_id": "TW-26-7K4QX",
        "part": "route",
        "purpose": "treat",
        "outcome": "ok",
        "origin": "192.0.2.7",
        "request_id": "abc",
    }


@pytest.mark.django_db
def test_the_system_and_a_visitor_have_no_account():
    log.record(actor=None, action="update", object_type="casus", object_id=3)
    log.record(actor=AnonymousUser(), action="sign_in", object_type="user", outcome="failed")
    system, visitor = AuditEntry.objects.all()
    assert (system.actor_id, system.actor_name, system.origin) == (None, "systeem", "system")
    assert system.object_id == "3"
    assert (visitor.actor_id, visitor.actor_name) == ("", "niet ingelogd")


@pytest.mark.django_db
def test_numbers_count_up_and_the_log_is_whole():
    assert [read().number for _ in range(5)] == [1, 2, 3, 4, 5]
    assert log.check() is None
    assert log.head().number == 5


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3, 4, 6, 7])
def test_the_check_walks_every_page(monkeypatch, count):
    monkeypatch.setattr(log, "PAGE", 3)
    for _ in range(count):
        read()
    assert log.check() is None
    triggers.remove(connection)
    AuditEntry.objects.filter(number=count).update(part="anders")
    assert log.check().number == count


@pytest.mark.django_db
def test_three_queries_however_often(django_assert_num_queries):
    with transaction.atomic(), django_assert_num_queries(12):
        for _ in range(4):
            read()


@pytest.mark.django_db
def test_names_of_any_kind_survive_the_round_trip():
    log.record(
        actor=Person(pk="9", name="Zoë \U0001f600\u202e\nvan 't Ĳ " + "x" * 300),
        action="read",
        object_type="casus",
        organisation="<script>{{7*7}}",
    )
    entry = AuditEntry.objects.get()
    assert entry.actor_name.startswith("Zoë \U0001f600 van 't Ĳ xxx")
    assert len(entry.actor_name) == 200
    assert log.check() is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [
        {"object_id": "mevrouw Jansen"},
        {"object_id": "jan@voorbeeld.example"},
        {"object_id": "x" * 65},
        {"object_type": "een casus"},
        {"object_type": ""},
        {"part": "hij slaapt slecht"},
        {"part": "a\nb"},
        {"action": "delete"},
        {"outcome": "dit is geen telefoonnummer"},
        {"purpose": "hij slaapt slecht"},
    ],
)
def test_what_could_be_content_is_refused(wrong):
    values = {"actor": Person(), "action": "read", "object_type": "casus", **wrong}
    with pytest.raises(ValueError), transaction.atomic():
        log.record(**values)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_failing_log_takes_the_change_with_it_even_when_the_error_is_swallowed():
    with pytest.raises(transaction.TransactionManagementError), transaction.atomic():
        read()
        with suppress(ValueError):
            log.record(actor=None, action="nonsense", object_type="casus")
        AuditEntry.objects.exists()  # nothing can be done or shown any more
    assert not AuditEntry.objects.exists()
    assert log.head().number == 0


@pytest.mark.django_db
def test_no_head_no_entry(unguarded):
    AuditHead.objects.all().delete()
    with pytest.raises(log.LogUnavailable), transaction.atomic():
        read()
    assert not AuditEntry.objects.exists()
    assert log.check() == log.Problem(0, "the head is gone")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET outcome = 'x' WHERE number = 1",
        "DELETE FROM audit_auditentry WHERE number = 1",
        "DELETE FROM audit_audithead",
        "UPDATE audit_audithead SET number = 0",
        "UPDATE audit_audithead SET hash = ''",
        "INSERT INTO audit_audithead (id, number, hash, seal) VALUES (2, 0, '', '')",
    ],
)
def test_the_database_refuses_to_change_the_log(statement):
    read()
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(statement)
    assert log.check() is None


@pytest.mark.django_db
def test_django_cannot_get_round_the_triggers():
    entry = read()
    for change in (
        entry.delete,
        entry.save,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(outcome="x"),
        lambda: AuditEntry.objects.bulk_update([entry], ["outcome"]),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert AuditEntry.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("table", [triggers.ENTRY, triggers.HEAD])
def test_postgresql_refuses_truncate(table):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with pytest.raises(DatabaseError), transaction.atomic():
        sql(f"TRUNCATE {table}")


@pytest.mark.django_db
@pytest.mark.parametrize(
    "field",
    [field for field in chain.FIELDS if field not in ("number", "at", "actor_id")],
)
def test_a_change_in_any_field_is_found(unguarded, field):
    for _ in range(3):
        read()
    AuditEntry.objects.filter(number=2).update(**{field: "anders"})
    assert log.check().number == 2


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("meddle", "number"),
    [
        ("UPDATE audit_auditentry SET actor_id = NULL WHERE number = 3", 3),
        ("UPDATE audit_auditentry SET at = '2020-01-01 00:00:00' WHERE number = 3", 3),
        ("UPDATE audit_auditentry SET hash = 'é' WHERE number = 3", 3),
        ("UPDATE audit_auditentry SET number = 9 WHERE number = 5", 5),
        ("DELETE FROM audit_auditentry WHERE number = 1", 1),
        ("DELETE FROM audit_auditentry WHERE number = 3", 3),
        ("DELETE FROM audit_auditentry WHERE number = 5", 5),
        ("DELETE FROM audit_auditentry WHERE number > 3", 4),
        ("DELETE FROM audit_auditentry", 1),
        ("UPDATE audit_audithead SET number = 4", 4),
        ("UPDATE audit_audithead SET hash = 'x'", 5),
        ("UPDATE audit_audithead SET seal = 'x'", 6),
        ("UPDATE audit_audithead SET number = 6", 6),
    ],
)
def test_meddling_is_found_at_the_first_broken_number(unguarded, meddle, number):
    for _ in range(5):
        read()
    sql(meddle)
    assert log.check().number == number


@pytest.mark.django_db
def test_an_inserted_entry_is_found(unguarded):
    for _ in range(3):
        read()
    last = AuditEntry.objects.get(number=3)
    AuditEntry.objects.filter(number=3).delete()
    AuditEntry.objects.create(number=3, **_copy(AuditEntry.objects.get(number=2)))
    last.number = 4
    last.save(force_insert=True)
    assert log.check().number == 3


def _copy(entry):
    skip = {"number"}
    return {f.name: getattr(entry, f.name) for f in entry._meta.fields if f.name not in skip}


@pytest.mark.django_db
def test_cutting_off_the_tail_and_winding_back_the_head_is_found(unguarded):
    for _ in range(5):
        read()
    AuditEntry.objects.filter(number__gt=3).delete()
    third = AuditEntry.objects.get(number=3)
    AuditHead.objects.update(number=3, hash=third.hash)
    assert log.check() == log.Problem(4, "the head was wound back or forged")


@pytest.mark.django_db
def test_an_older_copy_of_the_whole_log_is_found_with_a_noted_head():
    for _ in range(3):
        read()
    old_head = AuditHead.objects.values().get()
    for _ in range(2):
        read()
    noted = log.head()
    assert log.check(noted) is None
    triggers.remove(connection)
    AuditEntry.objects.filter(number__gt=3).delete()
    AuditHead.objects.update(**old_head)
    triggers.install(connection)
    assert log.check() is None  # by itself an older copy is whole
    assert log.check(noted).number == 5


@pytest.mark.django_db
def test_without_the_key_nothing_fits(settings):
    read()
    settings.AUDIT_KEY = "another key"
    assert log.check().number == 1


@pytest.mark.django_db
def test_missing_triggers_are_a_problem(unguarded):
    problem = log.check()
    assert problem.number == 0
    assert "audit_entry_no_delete" in problem.reason


def test_every_field_is_in_the_hash():
    assert {f.name for f in AuditEntry._meta.fields} == {*chain.FIELDS, "hash"}


@pytest.mark.django_db
def test_the_command_says_whole_or_names_the_number(capsys):
    for _ in range(3):
        read()
    noted = log.head()
    call_command("audit_check", known=noted)
    assert f"whole: 3 entries, head 3:{noted.hash}" in capsys.readouterr().out
    triggers.remove(connection)
    sql("UPDATE audit_auditentry SET outcome = 'x' WHERE number = 2")
    with pytest.raises(CommandError, match="broken at number 2") as raised:
        call_command("audit_check")
    assert raised.value.returncode == 1


@pytest.mark.django_db(transaction=True)
def test_appends_at_the_same_time_make_one_chain():
    together = Barrier(4)

    def work():
        together.wait(10)
        for _ in range(10):
            read()
        connections.close_all()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert AuditEntry.objects.count() == 40
    assert log.check() is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("round_", [1, 2])
def test_after_a_flush_the_log_starts_again_guarded(round_):
    """Runs twice: the second round finds what the flush of the first left."""
    assert log.check() is None
    assert read().number == 1


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "6.6.6.6, 198.51.100.9", "198.51.100.9"),
        (2, "6.6.6.6, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (2, "198.51.100.9", "unknown"),
        (1, "<script>", "unknown"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_the_address_comes_from_trusted_hops_only(settings, proxies, forwarded, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == expected


@pytest.mark.django_db
def test_the_middleware_gives_entries_the_request_and_forgets_it_afterwards(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 0

    def view(request):
        read()
        return HttpResponse()

    middleware = OriginMiddleware(view)
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_REQUEST_ID="forged")
    response = middleware(request)
    entry = AuditEntry.objects.get()
    assert entry.origin == "192.0.2.1"
    assert entry.request_id == response["X-Request-ID"] == request.request_id
    assert len(entry.request_id) == 32
    assert origin.current() == origin.SYSTEM

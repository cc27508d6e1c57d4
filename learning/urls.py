"""Addresses of learning: terugkoppelingen, leersessies with their lessons, and the report."""

from django.urls import URLPattern, path

from learning.views import leersessies, lessons, report, terugkoppeling_write, terugkoppelingen

_ONE = "terugkoppelingen/<str:code>/<int:pk>/"

urlpatterns: list[URLPattern] = [
    path(
        "terugkoppelingen/",
        terugkoppelingen.terugkoppeling_list,
        name="terugkoppeling_list",
    ),
    # Here `pk` is the overleg: a terugkoppeling that was not begun has no number yet.
    path(
        f"{_ONE}schrijven/",
        terugkoppeling_write.terugkoppeling_write,
        name="terugkoppeling_write",
    ),
    path(
        f"{_ONE}schrijven/controleren/",
        terugkoppeling_write.terugkoppeling_check,
        name="terugkoppeling_check",
    ),
    path(_ONE, terugkoppelingen.terugkoppeling_detail, name="terugkoppeling_detail"),
    path(f"{_ONE}gelezen/", terugkoppelingen.terugkoppeling_read, name="terugkoppeling_read"),
    path(
        f"{_ONE}vergelijken/",
        terugkoppelingen.terugkoppeling_compare,
        name="terugkoppeling_compare",
    ),
    path(f"{_ONE}pdf/", terugkoppelingen.terugkoppeling_pdf, name="terugkoppeling_pdf"),
    path(f"{_ONE}docx/", terugkoppelingen.terugkoppeling_docx, name="terugkoppeling_docx"),
    path(
        f"{_ONE}corrigeren/",
        terugkoppeling_write.terugkoppeling_correct,
        name="terugkoppeling_correct",
    ),
    path(
        f"{_ONE}corrigeren/stoppen/",
        terugkoppeling_write.terugkoppeling_stop_correction,
        name="terugkoppeling_stop_correction",
    ),
    path(f"{_ONE}leerpunt/", lessons.lesson_add_from, name="lesson_add_from"),
    path("leersessies/", leersessies.leersessie_list, name="leersessie_list"),
    path("leersessies/nieuw/", leersessies.leersessie_plan, name="leersessie_plan"),
    path("leersessies/leerpunten/", lessons.lesson_list, name="lesson_list"),
    path("leersessies/leerpunten/<int:pk>/", lessons.lesson_detail, name="lesson_detail"),
    path(
        "leersessies/leerpunten/<int:pk>/wijzigen/", lessons.lesson_correct, name="lesson_correct"
    ),
    path("leersessies/leerpunten/<int:pk>/<slug:word>/", lessons.lesson_move, name="lesson_move"),
    path("leersessies/<int:pk>/", leersessies.leersessie_detail, name="leersessie_detail"),
    path("leersessies/<int:pk>/wijzigen/", leersessies.leersessie_edit, name="leersessie_edit"),
    path("leersessies/<int:pk>/afronden/", leersessies.leersessie_hold, name="leersessie_hold"),
    path("leersessies/<int:pk>/afzeggen/", leersessies.leersessie_cancel, name="leersessie_cancel"),
    path("leersessies/<int:pk>/leerpunt/", lessons.lesson_add, name="lesson_add"),
    path("rapportage/", report.report, name="report"),
    path("rapportage/csv/", report.report_csv, name="report_csv"),
]

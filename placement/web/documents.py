"""Decides how the documents of an agreement come in, are taken away and given out: as files to keep, never as pages."""

from io import BytesIO

from flask import Blueprint, abort, flash, redirect, request, send_file, url_for
from sqlmodel import Session
from werkzeug.wrappers import Response

from placement import moving
from placement.access import actor_for, visible_agreements, visible_documents
from placement.documents import PROBLEMS, DocumentLost, FileRefused, keep_document, read_document
from placement.models.notices import LARGEST_DOCUMENT
from placement.texts import _
from placement.web.agreements import Answer, agreement_page
from placement.web.doors import attempt, current_account, door, fetch, reading, settings, today
from placement.web.forms.notices import DocumentForm
from placement.web.moves import UNDO, say_done

blueprint = Blueprint("documents", __name__)


@blueprint.post("/agreements/<int:agreement_id>/documents")
@door("agreement:change")
def upload(agreement_id: int) -> Answer:
    """Form: file."""
    form = DocumentForm()
    if not form.validate():
        return page_again(agreement_id, form, 422)
    try:
        store(agreement_id, form.file.data.filename or "", form.file.data.read(LARGEST_DOCUMENT + 1))
    except FileRefused as refused:
        form.file.errors = [_(PROBLEMS[refused.problem])]
        return page_again(agreement_id, form, 413 if refused.problem == "too_large" else 422)
    flash(_("서류를 올렸습니다."), "good")
    return redirect(url_for("agreements.show", agreement_id=agreement_id, _anchor="documents"), code=303)


def store(agreement_id: int, name: str, content: bytes) -> None:
    """The file keeps its place by its digest, so that storing it anew changes nothing."""
    account, folder = current_account(), settings().documents

    def work(session: Session) -> None:
        agreement, day = fetch(session, visible_agreements(account), id=agreement_id), today(session)
        keep_document(session, agreement, name, content, actor_for(account), folder=folder, today=day)

    attempt(work)


def page_again(agreement_id: int, form: DocumentForm, status: int) -> tuple[str, int]:
    """The agreement's page with the sentence beside the file."""
    with reading() as session:
        return agreement_page(session, agreement_id, form), status


@blueprint.get("/documents/<int:document_id>")
@door("agreement:see")
def download(document_id: int) -> Response:
    """The file, to be kept under its own name; a browser never shows it as a page of ours."""
    with reading() as session:
        document = fetch(session, visible_documents(current_account()), id=document_id)
    try:
        content = read_document(settings().documents, document)
    except DocumentLost:
        abort(404, _("보관한 파일을 찾을 수 없습니다. 사업담당자에게 알려 주십시오."))
    return send_file(BytesIO(content), document.media_type, as_attachment=True, download_name=document.name)


@blueprint.post("/documents/<int:document_id>/moves")
@door("agreement:change")
def move(document_id: int) -> Response:
    """Form: move (remove, or undo)."""
    name, account = request.form.get("move", ""), current_account()

    def work(session: Session) -> int:
        document, day = fetch(session, visible_documents(account), id=document_id), today(session)
        if name == UNDO:
            moving.take_back(session, document, actor_for(account), effective_on=day)
        else:
            moving.advance(session, document, name, actor_for(account), effective_on=day)
        return document.agreement_id

    agreement_id = attempt(work)
    flash(say_done("agreement_document", name), "good")
    return redirect(url_for("agreements.show", agreement_id=agreement_id, _anchor="documents"), code=303)

"""Decides how the office types that somebody was told, and which file belongs to an agreement."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired

from placement.enums import NoticeChannel
from placement.file_kinds import ENDINGS
from placement.web.forms import N_
from placement.web.forms.fields import code_choices


class ToldForm(FlaskForm):
    """How it was told, and the page to go back to."""

    channel = RadioField(
        N_("보낸 방법"),
        [InputRequired(N_("필수 항목입니다."))],
        choices=code_choices(NoticeChannel),
        default=NoticeChannel.KAKAO.value,
    )
    next = HiddenField()


class DocumentForm(FlaskForm):
    """A document of an agreement."""

    file = FileField(
        N_("파일"),
        [FileRequired(N_("파일을 선택해 주십시오."))],
        render_kw={"accept": ",".join(ending for endings in ENDINGS.values() for ending in endings)},
    )

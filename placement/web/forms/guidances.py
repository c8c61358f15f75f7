"""Decides what is typed when somebody is told of an external opening, and when an opening is said to be one."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from placement.web.forms import N_
from placement.web.forms.fields import DayField
from placement.web.forms.moves import HEARD_CHOICES, MISSING, TOO_LONG


class TellForm(FlaskForm):
    """When and how a graduate was told."""

    told_on = DayField(N_("안내한 날"), [InputRequired(MISSING)])
    channel = SelectField(N_("안내한 방법"), choices=HEARD_CHOICES)


class ExternalForm(FlaskForm):
    """Where the opening is posted."""

    url = StringField(N_("외부 공고 주소"), [Optional(), Length(max=500, message=TOO_LONG)])

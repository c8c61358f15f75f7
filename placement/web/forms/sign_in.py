"""Decides what the sign-in form asks and accepts."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from placement.people import LONGEST_PASSWORD
from placement.web.forms import N_

MISSING = N_("필수 항목입니다.")
TOO_LONG = N_("너무 깁니다.")


class SignInForm(FlaskForm):
    """E-mail and password; nothing is said of which one is wrong."""

    email = StringField(N_("이메일"), [InputRequired(MISSING), Length(max=254, message=TOO_LONG)])
    password = PasswordField(N_("비밀번호"), [InputRequired(MISSING), Length(max=LONGEST_PASSWORD, message=TOO_LONG)])

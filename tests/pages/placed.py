"""What the office saw of the place of a person in the painted pages."""

from domain.actions.secure_place import SecurePlaceChecked
from domain.procedure.secure_place import Company
from tests.templates.samples import ANXO

LOOKED_AT_PLACE = SecurePlaceChecked(
    participant=ANXO, acts_freely=True, company=Company.ACCOMPANIED, others="Rosa Lema, hermana", private_talk=True
)

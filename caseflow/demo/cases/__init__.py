"""The demo cases, one module per section. No names, no real people, no real court files."""

from caseflow.demo.cases.ecuador import ECUADOR
from caseflow.demo.cases.finland import FINLAND
from caseflow.demo.cases.secretariat import SECRETARIAT
from caseflow.demo.cases.slovenia import SLOVENIA
from caseflow.demo.cases.spain_housing import SPAIN_HOUSING
from caseflow.demo.cases.spain_social import SPAIN_SOCIAL

CASES = (*SPAIN_HOUSING, *SPAIN_SOCIAL, *ECUADOR, *FINLAND, *SLOVENIA, *SECRETARIAT)

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "partnership.cases"
    label = "cases"

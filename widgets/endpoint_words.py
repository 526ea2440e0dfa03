"""Names and hints of an endpoint's fields, in the language in use.

The endpoint form calls it when it is made and when the language changes.
"""

from PySide6.QtCore import QCoreApplication

from widgets.endpoint_fields import EndpointFields

translate = QCoreApplication.translate


def name_fields(editors: EndpointFields) -> None:
    """Name every field."""
    _name_main_fields(editors)
    _name_judgement(editors)
    _name_request(editors)
    _name_flags(editors)


def _name_main_fields(editors: EndpointFields) -> None:
    fields = editors.fields
    fields["url"].show_name(translate("EndpointForm", "URL"))
    editors.url.setPlaceholderText(
        translate("EndpointForm", "https://api.example.com/health, or a curl command")
    )
    fields["name"].show_name(translate("EndpointForm", "Name"))
    fields["method"].show_name(translate("EndpointForm", "Method"))
    fields["checkInterval"].show_name(translate("EndpointForm", "Check every"))


def _name_judgement(editors: EndpointFields) -> None:
    fields = editors.fields
    fields["expectedStatusCode"].show_name(translate("EndpointForm", "Expected status code"))
    fields["timeoutThreshold"].show_name(translate("EndpointForm", "Time-out"))
    fields["degradedThreshold"].show_name(translate("EndpointForm", "Slow above"))
    editors.slow.setSpecialValueText(translate("EndpointForm", "40 % of the time-out"))
    fields["retryInterval"].show_name(translate("EndpointForm", "Check again after a failure"))
    editors.retry.setSpecialValueText(translate("EndpointForm", "Automatic"))
    fields["failureThreshold"].show_name(translate("EndpointForm", "Failures in a row until down"))
    fields["recoveryThreshold"].show_name(translate("EndpointForm", "Successes in a row until up"))
    fields["assertions"].show_name(
        translate("EndpointForm", "Conditions"),
        translate("EndpointForm", "All must hold, or the check has failed."),
    )
    editors.conditions.show_words(
        translate("EndpointForm", "Add condition"), translate("EndpointForm", "Remove condition")
    )


def _name_request(editors: EndpointFields) -> None:
    fields = editors.fields
    fields["headers"].show_name(
        translate("EndpointForm", "Headers"),
        translate(
            "EndpointForm", "Credentials, and what you lock, are kept secret and not shown again."
        ),
    )
    editors.headers.show_words(
        translate("EndpointForm", "Name"),
        translate("EndpointForm", "Value"),
        translate("EndpointForm", "Add header"),
        translate("EndpointForm", "Remove header"),
    )
    fields["body"].show_name(
        translate("EndpointForm", "Body (JSON)"),
        translate("EndpointForm", "{{secret:NAME}} stands for a secret of the preferences."),
    )
    fields["tags"].show_name(
        translate("EndpointForm", "Tags"), translate("EndpointForm", "Separated by commas")
    )
    fields["note"].show_name(translate("EndpointForm", "Note"))


def _name_flags(editors: EndpointFields) -> None:
    for key, box, words in (
        ("verifyTls", editors.tls, translate("EndpointForm", "Verify the TLS certificate")),
        ("followRedirects", editors.redirects, translate("EndpointForm", "Follow redirects")),
        ("isActive", editors.active, translate("EndpointForm", "Check this endpoint")),
    ):
        editors.fields[key].show_name("")
        box.setText(words)
        box.setAccessibleName(words)

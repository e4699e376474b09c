"""What stands in the database, for who broke things: ``python -m torture.verify`` prints it as JSON."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter


def main() -> int:
    """Look, in the environment of the installation."""
    import django

    django.setup()
    from werkplaats.agenda.models import Question
    from werkplaats.catalogue.refresh import rebuild
    from werkplaats.core.models import LogEntry, Mail
    from werkplaats.core.verification import Reading
    from werkplaats.people.models import Invitation

    marks = Counter(
        found[1]
        for text in Question.objects.values_list("text", flat=True)
        if (found := re.search(r"(v\d+n\d+x)\?", text))
    )
    logged = set(LogEntry.objects.filter(verb__startswith="agenda.question").values_list("target", flat=True))
    asked = Question.objects.filter(text__contains="beproeving")
    half = [one.uid for one in asked if not one.changes.exists() or one.uid not in logged]
    reading = Reading()
    findings = [finding.told() for finding in reading.findings()]
    differences = rebuild()
    print(
        json.dumps(
            {
                "questions": marks,
                "half": half,
                "invitations": Counter(Invitation.objects.values_list("email", flat=True)),
                "waiting": Mail.objects.filter(refused_at__isnull=True).count(),
                "refused": Mail.objects.filter(refused_at__isnull=False).count(),
                "logbook": findings,
                "catalogue": [
                    f"{what}: {len(uids)}, zoals {list(map(str, uids))[:2]}"
                    for what in ("missing", "changed", "surplus", "links")
                    if (uids := getattr(differences, what))
                ],
            }
        )
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

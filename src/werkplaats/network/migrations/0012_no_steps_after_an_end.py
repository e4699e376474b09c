"""Who came back after an end takes part in another partnership since then: no period goes over the gap."""

from django.db import migrations

from werkplaats.core.uid import new_uid
from werkplaats.network.rules import Stage, ends_partnership


def _part(rows):
    """The steps of one partnership, cut after each end that lies before what follows."""
    parts = [[]]
    for row in rows:
        last = parts[-1][-1] if parts[-1] else None
        if last and last.stage == Stage.ENDED and ends_partnership(last.on, last.precision) <= row.on:
            parts.append([])
        parts[-1].append(row)
    return parts


def _follow(partnership, rows):
    """Period and stage as the steps say; all of them lie in the past."""
    last = rows[-1]
    ended = last.stage == Stage.ENDED
    partnership.stage = last.stage
    partnership.valid_from, partnership.valid_from_precision = rows[0].on, rows[0].precision
    partnership.valid_to = ends_partnership(last.on, last.precision) if ended else None
    partnership.valid_to_precision = last.precision if ended else 'dag'


def split(apps, schema_editor):
    Partnership = apps.get_model('network', 'Partnership')
    for one in Partnership.objects.filter(steps__stage=Stage.ENDED).distinct():
        parts = _part(list(one.steps.order_by('on', 'pk')))
        if len(parts) < 2:
            continue
        _follow(one, parts[0])
        one.version += 1
        one.save()
        for rows in parts[1:]:
            again = Partnership(
                uid=new_uid('samenwerking'), werkplaats=one.werkplaats, organisation=one.organisation, role=one.role,
                source=one.source, basis=one.basis,
            )  # fmt: skip
            _follow(again, rows)
            again.save()
            for row in rows:
                row.partnership = again
                row.save()
            # What was signed since then was signed in the new one.
            one.agreements.filter(valid_from__gte=again.valid_from).update(partnership=again)
            one = again


class Migration(migrations.Migration):

    dependencies = [
        ('network', '0011_national_body'),
    ]

    operations = [
        migrations.RunPython(split, migrations.RunPython.noop),
    ]

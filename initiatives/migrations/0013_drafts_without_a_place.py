import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0012_notes_and_reasons")]
    operations = [
        migrations.RemoveConstraint(
            model_name='section',
            name='section_hangs_on_pillar_or_section',
        ),
        migrations.AlterField(
            model_name='initiative',
            name='section',
            field=models.ForeignKey(blank=True, help_text='The section or sub-section it belongs to. Needed to publish it.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='initiatives.section'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(('pillar__isnull', True), ('parent__isnull', True), _connector='OR'), name='section_hangs_on_one_at_most', violation_error_message='Choose a pillar, or for a numbered sub-section its section: one of the two.'),
        ),
    ]

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("initiatives", "0008_windows_in_order")]
    operations = [
        migrations.AddField(
            model_name="upload",
            name="redaction",
            field=models.ForeignKey(
                blank=True,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uploads",
                to="initiatives.redaction",
            ),
        ),
        migrations.AlterField(
            model_name='document',
            name='file',
            field=models.ForeignKey(blank=True, help_text='Upload the file first under “Files and images”.', limit_choices_to={'redaction': None, 'sort': 'document'}, null=True, on_delete=django.db.models.deletion.PROTECT, to='initiatives.upload'),
        ),
        migrations.AlterField(
            model_name='initiative',
            name='image',
            field=models.ForeignKey(blank=True, limit_choices_to={'redaction': None, 'sort': 'image'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.upload'),
        ),
    ]


import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import markdownx.models
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('short_name', models.CharField(blank=True, help_text='The letters people know it by, such as SLATE.', max_length=30)),
                ('sort', models.CharField(choices=[('city', 'City department or office'), ('police', 'Police'), ('justice', 'Courts and prosecutors'), ('county', 'County government'), ('state', 'State government'), ('federal', 'Federal government'), ('regional', 'Regional body'), ('education', 'School, college or university'), ('nonprofit', 'Nonprofit or community group'), ('business', 'Business, union or trade body')], default='city', max_length=20, verbose_name='kind')),
                ('summary', markdownx.models.MarkdownxField(blank=True, max_length=5000, verbose_name='what it does')),
            ],
            options={
                'verbose_name_plural': 'agencies and partners',
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Audience',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('summary', markdownx.models.MarkdownxField(blank=True, max_length=5000, verbose_name='who they are')),
            ],
            options={
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('description', models.CharField(blank=True, help_text='One sentence: what a reader finds in it.', max_length=300)),
                ('url', models.URLField(blank=True, help_text='Where it can be read, if the file is not ours.', verbose_name='address elsewhere')),
                ('leading', models.BooleanField(default=False, verbose_name='on the home page')),
            ],
            options={
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Pillar',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('summary', models.CharField(blank=True, help_text='One or two plain sentences, for lists and search results.', max_length=300)),
                ('introduction', markdownx.models.MarkdownxField(blank=True, help_text="At the top of the pillar's page.", max_length=20000)),
                ('icon', models.CharField(choices=[('people', 'People'), ('shield', 'Shield'), ('home', 'House'), ('book', 'Book'), ('heart', 'Heart'), ('tree', 'Tree')], default='people', max_length=20)),
            ],
            options={
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('sort', models.CharField(choices=[('citywide', 'The whole city'), ('neighborhood', 'Neighborhood'), ('zip', 'ZIP code'), ('district', 'District or ward'), ('area', 'Part of the city'), ('county', 'County or part of one'), ('region', 'Region'), ('state', 'State')], default='neighborhood', max_length=20, verbose_name='kind')),
                ('summary', markdownx.models.MarkdownxField(blank=True, max_length=5000, verbose_name='about it')),
            ],
            options={
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Site',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('city_name', models.CharField(blank=True, help_text='As in a sentence: “St. Louis”.', max_length=80, verbose_name="city's name")),
                ('tagline', models.CharField(blank=True, help_text='One line under the title of the home page.', max_length=200)),
                ('as_of', models.CharField(blank=True, help_text='The time that the report describes, such as “2016”. Shown on pages.', max_length=60, verbose_name='speaks as of')),
                ('emergency_number', models.CharField(blank=True, default='911', max_length=20)),
                ('introduction', markdownx.models.MarkdownxField(blank=True, help_text='On the home page.', max_length=20000)),
                ('about', markdownx.models.MarkdownxField(blank=True, help_text='The page “About this report”.', max_length=20000)),
                ('contact', markdownx.models.MarkdownxField(blank=True, help_text='How to reach the people behind the site.', max_length=5000)),
                ('privacy_note', markdownx.models.MarkdownxField(blank=True, help_text="Added to the privacy page, such as the city's own records policy.", max_length=5000)),
                ('accessibility_note', markdownx.models.MarkdownxField(blank=True, help_text='Added to the accessibility page, such as whom to ask for another format.', max_length=5000)),
                ('footer', markdownx.models.MarkdownxField(blank=True, help_text='At the foot of every page.', max_length=2000)),
            ],
            options={
                'verbose_name': 'site settings',
                'verbose_name_plural': 'site settings',
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('summary', models.CharField(blank=True, help_text='One or two plain sentences, for lists and search results.', max_length=300)),
                ('body', markdownx.models.MarkdownxField(blank=True, help_text='The rest, in Markdown. Do not repeat the summary.', max_length=20000)),
                ('status', models.CharField(blank=True, choices=[('under_way', 'Under way'), ('ongoing', 'Ongoing'), ('recurring', 'Recurring'), ('completed', 'Completed'), ('planned', 'Planned'), ('proposed', 'Proposed'), ('studied', 'Being studied'), ('supported', 'Called for')], max_length=20)),
                ('status_note', models.CharField(blank=True, help_text='The nuance, such as “before the Board of Aldermen”.', max_length=100)),
                ('image_alt', models.CharField(blank=True, help_text='What the image shows, for people who cannot see it.', max_length=200, verbose_name='alt text')),
                ('image_decorative', models.BooleanField(default=False, help_text='The image says nothing that the text does not.', verbose_name='decorative')),
                ('audiences', models.ManyToManyField(blank=True, related_name='initiatives', to='initiatives.audience', verbose_name='whom it serves')),
                ('documents', models.ManyToManyField(blank=True, related_name='initiatives', to='initiatives.document')),
            ],
            options={
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='KeyDate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qualifier', models.CharField(choices=[('in', 'in or on'), ('from', 'since'), ('by', 'by')], default='in', max_length=10, verbose_name='when')),
                ('date', models.CharField(help_text='2015, 2015-12 or 2015-12-01; 2015-21 is spring, -22 summer, -23 fall, -24 winter.', max_length=10, validators=[django.core.validators.RegexValidator('^\\d{4}(-(0[1-9]|1[0-2]|2[1-4])(-(0[1-9]|[12]\\d|3[01]))?)?$', 'Type 2015, 2015-12 or 2015-12-01; seasons are 2015-21 (spring) to 2015-24 (winter).')])),
                ('label', models.CharField(max_length=120, verbose_name='what happened or is due')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='dates', to='initiatives.initiative')),
            ],
            options={
                'verbose_name': 'date',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Link',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('label', models.CharField(help_text='Name where it leads, not “click here”.', max_length=120, verbose_name='words of the link')),
                ('url', models.URLField(max_length=500, verbose_name='address')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='links', to='initiatives.initiative')),
            ],
            options={
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Participation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('lead', 'Lead'), ('partner', 'Partner'), ('funder', 'Funder')], default='lead', max_length=20)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='participations', to='initiatives.agency')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='participations', to='initiatives.initiative')),
            ],
            options={
                'verbose_name': 'agency or partner',
                'verbose_name_plural': 'agencies and partners',
                'ordering': ['pk'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='agencies',
            field=models.ManyToManyField(related_name='initiatives', through='initiatives.Participation', to='initiatives.agency'),
        ),
        migrations.AddField(
            model_name='initiative',
            name='places',
            field=models.ManyToManyField(blank=True, related_name='initiatives', to='initiatives.place'),
        ),
        migrations.CreateModel(
            name='Section',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('title', models.CharField(max_length=200)),
                ('slug', models.SlugField(blank=True, help_text="The last part of the page's web address: small letters, digits and hyphens. Made from the title when empty.", max_length=80, unique=True, verbose_name='address')),
                ('position', models.PositiveIntegerField(default=0, editable=False)),
                ('summary', models.CharField(blank=True, help_text='One or two plain sentences, for lists and search results.', max_length=300)),
                ('introduction', markdownx.models.MarkdownxField(blank=True, help_text="At the top of the section's page.", max_length=20000)),
                ('parent', models.ForeignKey(blank=True, help_text='Only for a numbered sub-section: the section that it belongs to.', limit_choices_to={'parent': None}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='subsections', to='initiatives.section', verbose_name='section')),
                ('pillar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='sections', to='initiatives.pillar')),
            ],
            options={
                'ordering': ['position', 'title'],
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='section',
            field=models.ForeignKey(help_text='The section or sub-section it hangs on.', on_delete=django.db.models.deletion.PROTECT, related_name='initiatives', to='initiatives.section'),
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('image', 'Image'), ('document', 'Document')], editable=False, max_length=10, verbose_name='kind')),
                ('title', models.CharField(help_text='So that you find it again; visitors do not see it.', max_length=120)),
                ('file', models.FileField(max_length=120, unique=True, upload_to='')),
                ('content_type', models.CharField(editable=False, max_length=120)),
                ('size', models.PositiveIntegerField(editable=False, verbose_name='bytes')),
                ('width', models.PositiveIntegerField(editable=False, null=True)),
                ('height', models.PositiveIntegerField(editable=False, null=True)),
                ('uploaded', models.DateTimeField(auto_now_add=True)),
                ('uploaded_by', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'file or image',
                'verbose_name_plural': 'files and images',
                'ordering': ['-uploaded'],
            },
        ),
        migrations.CreateModel(
            name='Revision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('key', models.UUIDField(help_text="The item's key; it outlives the item's working copy.")),
                ('number', models.PositiveIntegerField(help_text="1 for the item's first revision, then one more each.")),
                ('parent', models.UUIDField(blank=True, help_text='The key of the item it hangs on.', null=True)),
                ('position', models.PositiveIntegerField(default=0)),
                ('slug', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=200)),
                ('fields', models.JSONField(default=dict)),
                ('html', models.JSONField(default=dict, help_text='The Markdown fields, rendered and sanitised.')),
                ('digest', models.CharField(editable=False, max_length=64)),
                ('author_name', models.CharField(blank=True, max_length=150)),
                ('created', models.DateTimeField(default=django.utils.timezone.now)),
                ('note', models.CharField(blank=True, max_length=300, verbose_name='change note')),
                ('publisher_name', models.CharField(blank=True, max_length=150)),
                ('live_from', models.DateTimeField(blank=True, null=True)),
                ('live_to', models.DateTimeField(blank=True, null=True)),
                ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('publisher', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('uploads', models.ManyToManyField(editable=False, related_name='revisions', to='initiatives.upload')),
            ],
            options={
                'ordering': ['kind', 'key', 'number'],
                'permissions': [('publish_report', 'Can publish and unpublish items of the report')],
            },
        ),
        migrations.AddField(
            model_name='initiative',
            name='image',
            field=models.ForeignKey(blank=True, limit_choices_to={'sort': 'image'}, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='initiatives.upload'),
        ),
        migrations.AddField(
            model_name='document',
            name='file',
            field=models.ForeignKey(blank=True, help_text='Upload the file first under “Files and images”.', limit_choices_to={'sort': 'document'}, null=True, on_delete=django.db.models.deletion.PROTECT, to='initiatives.upload'),
        ),
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qualifier', models.CharField(choices=[('exactly', 'exactly'), ('more_than', 'more than'), ('at_least', 'at least'), ('about', 'about'), ('nearly', 'nearly'), ('up_to', 'up to')], default='exactly', max_length=20, verbose_name='how exact')),
                ('value', models.DecimalField(decimal_places=2, max_digits=15)),
                ('value_to', models.DecimalField(blank=True, decimal_places=2, help_text='For a range.', max_digits=15, null=True, verbose_name='up to')),
                ('unit', models.CharField(help_text='“people”, “buildings”, “weeks”, “percent”.', max_length=40)),
                ('per', models.CharField(blank=True, help_text='“month”, “week”; empty for a number as a whole.', max_length=30)),
                ('counts', models.CharField(blank=True, max_length=120, verbose_name='what it counts')),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='figures', to='initiatives.initiative')),
            ],
            options={
                'verbose_name': 'number',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('value_to__isnull', True), ('value_to__gt', models.F('value')), _connector='OR'), name='figure_range_rises', violation_error_message='A range goes from the smaller number up to the larger.')],
            },
        ),
        migrations.CreateModel(
            name='Amount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('qualifier', models.CharField(choices=[('exactly', 'exactly'), ('more_than', 'more than'), ('at_least', 'at least'), ('about', 'about'), ('nearly', 'nearly'), ('up_to', 'up to')], default='exactly', max_length=20, verbose_name='how exact')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=15)),
                ('currency', models.CharField(default='USD', max_length=3, validators=[django.core.validators.RegexValidator('^[A-Z]{3}$', 'Three capitals: USD.')])),
                ('sort', models.CharField(choices=[('grant', 'Grant'), ('investment', 'Investment'), ('leveraged', 'Leveraged from others'), ('funding', 'Funding'), ('fund', 'Fund'), ('total', 'Total'), ('wage', 'Wage'), ('deposit', 'Deposit'), ('cap', 'Cap')], default='grant', max_length=20, verbose_name='kind')),
                ('per', models.CharField(blank=True, help_text='“hour”, “account”; empty for a sum as a whole.', max_length=30)),
                ('purpose', models.CharField(blank=True, help_text='Finishes the line “$5 million grant …”: “to train young adults”.', max_length=120)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='amounts', to='initiatives.initiative')),
            ],
            options={
                'verbose_name': 'amount of money',
                'verbose_name_plural': 'money',
                'ordering': ['pk'],
                'abstract': False,
                'constraints': [models.CheckConstraint(condition=models.Q(('amount__gte', 0)), name='amount_not_negative')],
            },
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('initiative', 'agency', 'role'), name='participation_once_per_role'),
        ),
        migrations.AddConstraint(
            model_name='section',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('parent__isnull', True), ('pillar__isnull', False)), models.Q(('parent__isnull', False), ('pillar__isnull', True)), _connector='OR'), name='section_hangs_on_pillar_or_section', violation_error_message='Choose a pillar, or for a numbered sub-section its section: one of the two.'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['live_from', 'live_to'], name='revision_windows'),
        ),
        migrations.AddIndex(
            model_name='revision',
            index=models.Index(fields=['kind', 'slug'], name='revision_addresses'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(fields=('key', 'number'), name='revision_number_once_per_item'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.UniqueConstraint(condition=models.Q(('live_from__isnull', False), ('live_to__isnull', True)), fields=('key',), name='revision_one_open_window_per_item'),
        ),
        migrations.AddConstraint(
            model_name='revision',
            constraint=models.CheckConstraint(condition=models.Q(('live_to__isnull', True), ('live_from__lt', models.F('live_to')), _connector='OR'), name='revision_window_ends_after_it_begins'),
        ),
    ]

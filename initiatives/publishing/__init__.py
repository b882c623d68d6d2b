"""Everything that changes what the public sees: functions, each of them one transaction.

What is stored is below, in models; pages and forms are above. Begin with publish.py.
"""

"""How fast newsgen is, beside other generators: `make bench`, `make bench-scale` and `make bench-serve`.

Of the tests only test_bench.py is about it. In reading order:

corpus     invented stories
stories    which stories a benchmark has, and how an edit changes one
tools      the other generators: pinned, and installed when first needed
sites      what is built, and by which command
measure    time, memory and files of one process
rounds     builds every site in every mode, in turns
figures    medians and ratios
table      figures as Markdown
serving    the preview beside `hugo server`
machine    where it was measured, and where it may write
errors     what ends a benchmark
"""

# expect: budget cpu
while True:
    pass

# expect: budget output
while True:
    print("contained " * 1000)

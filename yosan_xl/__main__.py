"""`python -m yosan_xl`: the same as the console script `yosan-xl`."""

from yosan_xl.cli.main import run

if __name__ == "__main__":
    run()

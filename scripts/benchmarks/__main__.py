"""python3 -m benchmarks measure | growth MOST | stories | page"""
import sys

from . import growth, measure, page, stories

if __name__ == "__main__":
    command = sys.argv[1] if len(sys.argv) > 1 else ""
    if command == "measure":
        measure.write()
    elif command == "growth":
        growth.write(int(float(sys.argv[2])))
    elif command == "stories":
        stories.write()
    elif command == "page":
        page.write()
    else:
        sys.exit(__doc__)

# What f-strings may hold since Python 3.12.
songs = ["a", "b"]
print(f"{", ".join(songs)}")
print(f"{f"{f"{1 + 1}"}"}")
print(f"{"\n".join(songs)}")
print(f"{
    songs[0]  # a comment
} {songs[1]!r}")
d = {"k": {"v": 1}}
print(f"{d["k"]["v"]:>4}|{d["k"]}")

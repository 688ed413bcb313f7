"""Passages with other names in the place of their own, so that what is learned is not the names."""
import collections
import dataclasses


class Names:
    """Names of persons and places to put in the place of others, word for word."""

    def __init__(self, found):
        self.persons, self.places = collections.defaultdict(set), collections.defaultdict(set)
        for passage in found:
            for mention, words in self.named(passage):
                if mention.kind == "PERSON":
                    self.persons[True].add(words[-1])
                    self.persons[False].update(words[:-1])
                elif mention.kind == "LOCATION":
                    self.places[len(words)].add(words)
        self.persons, self.places = ({k: sorted(v) for k, v in pool.items()} for pool in (self.persons, self.places))

    @staticmethod
    def named(passage):
        for mention in passage.mentions:
            if mention.form == "NAME":
                yield mention, tuple(passage.sentences[mention.sentence][mention.start:mention.end])

    def rename(self, passage, source):
        """The passage with other names: the same word becomes the same word everywhere."""
        sentences, changed = [list(words) for words in passage.sentences], {}
        for mention, words in self.named(passage):
            if mention.kind == "PERSON":
                new = [changed.setdefault(w, source.choice(self.persons[i == len(words) - 1])) if w[0].isupper() else w
                       for i, w in enumerate(words)]
            elif mention.kind == "LOCATION":
                new = changed.setdefault(words, source.choice(self.places[len(words)]))
            else:
                continue
            sentences[mention.sentence][mention.start:mention.end] = new
        return dataclasses.replace(passage, sentences=sentences)

"""Generates random templates, each from a seed.

A template's plain text has no lone $, # or backslash next to a directive: there, Velocity's tokens run into one
another, and its outcomes are accidental.
"""

import random

NAMES = "name quote empty n zero half yes no list numbers nested map host nope x y z".split()

TEXTS = ["a", "b ", "  ", "\n", " \n", "\n  ", "\t", '{"k": "', '"', "}", ",", "$ a", "# a", "$5", "\u00e9\U0001f600", ".",
         "-1", "]", "#*c*#", "#foo ", "#foo(1)", "!", "\r\n", " ##c\n", "#[[ $name ]]# ", "\\ a", "\\\\ a",
         "\\$name", "\\\\$name", "\\$nope", " \\#if ", " \\#foo ", "end", "else"]

# Steps from a variable, by the variable's name.
STEPS = {
    "string": [".length()", ".toUpperCase()", '.replaceAll("[aeo]","<$0>")', ".replace('o', '0')", ".indexOf('o')",
               '.lastIndexOf("o")', ".contains('or')", ".startsWith('W')", '.endsWith("d")', ".isEmpty()", ".empty",
               ".split('o')[0]", ".split('').size()", ".trim()", ".concat('x')", ".equals('World')",
               ".equalsIgnoreCase('WORLD')", ".hashCode()", ".nope", ".compareTo('a')", '.matches("[A-Za-z]+")',
               ".toLowerCase().length()", '.replaceAll("\\\\\\\\","/")', '.replaceAll("""","q")', ".replace('','-')",
               ".indexOf('')", ".lastIndexOf('')", ".split(' ').size()", '.replaceAll("(.)(.)", "$2$1")'],
    "list": ["", ".size()", ".get(0)", "[0]", "[-1]", ".isEmpty()", ".contains('a')", ".indexOf('b')", ".add('n')",
             ".add($n)", ".empty", ".nope", ".size", ".subList(0,1)", ".set(0, 'q')", ".hashCode()",
             ".toString().length()", ".equals($numbers)", ".contains(1)", ".remove(0)", ".addAll($numbers)",
             ".lastIndexOf(2)"],
    "nested": ["", "[0]", "[0][1]", "[1].size()", ".get(0).get(1)", ".size()"],
    "map": ["", ".foo", ".foo.length()", ".inner.deep", ".inner", ".nothing", ".get('foo')", "['count']", '["foo"]',
            ".keySet()", ".entrySet()", ".values()", ".size()", ".put('k', 1)", ".containsKey('foo')", ".isEmpty()",
            ".nope", ".remove('foo')", ".nope.more", ".inner.put('a','b')", ".size", ".putAll({'w':1})",
            ".containsValue(3)", ".getOrDefault('u','v')", ".hashCode()", ".keySet().size()",
            ".inner.get('deep').toUpperCase()"],
    "host": ["", ".name", ".say('x')", ".nothing()", ".nope", ".getName()"],
    "n": ["", ".intValue()", ".toString()", ".compareTo(8)", ".equals(7)", ".hashCode()"],
    "half": ["", ".intValue()", ".toString()", ".hashCode()"],
    "nope": ["", ".foo", ".foo.bar()", ".foo('x')", "[0]"],
}
STEPS["numbers"] = STEPS["list"]
for _name in ("name", "quote", "empty"):
    STEPS[_name] = [""] * len(STEPS["string"]) + STEPS["string"]


class Generator:
    def __init__(self, seed):
        self.random = random.Random(seed)
        self.choice = self.random.choice

    def template(self):
        return "".join(self.statement(0) for _ in range(self.random.randrange(1, 8)))

    def reference(self):
        name = self.choice(NAMES)
        steps = self.choice(STEPS.get(name, [""]))
        opening, closing = self.choice(["  ", "{}"])
        return f"${self.choice(['', '', '', '!'])}{opening}{name}{steps}{closing}".replace(" " + name, name).rstrip(" ")

    def literal(self, depth):
        choice = self.choice
        kind = self.random.randrange(11 if depth < 2 else 6)
        if kind == 0:
            return choice("0 1 2 -3 7 100 2147483648".split())
        if kind == 1:
            return choice("0.5 1.0 -2.25 1e3 3. 10000000.0 0.0005 .5 1.5e-7 123456789.125".split())
        if kind == 2:
            return choice(["true", "false"])
        if kind == 3:
            return "'" + choice(["", "a", "it''s", "$name", "x y", "#if", "7", "\\n"]) + "'"
        if kind == 4:
            parts = ["a", " ", "$name ", "$!nope ", "${n}", "$nope ", '""', "#", "$", "\\u0041", "$map.foo ",
                     "#if($yes)t#end", "#set($y = 2)", " 'q' "]
            return '"' + "".join(choice(parts) for _ in range(self.random.randrange(5))) + '"'
        if kind == 6:
            return "[" + ", ".join(self.literal(depth + 1) for _ in range(self.random.randrange(4))) + "]"
        if kind == 7:
            members = (f"'{choice('abc')}': {self.literal(depth + 1)}" for _ in range(self.random.randrange(3)))
            return "{" + ", ".join(members) + "}"
        if kind == 8:
            return f"[{choice(['1', '0', '-2', '$n', '$zero'])}..{choice(['3', '1', '$n', '$zero'])}]"
        return self.reference()

    def expression(self, depth=0):
        kind = self.random.random()
        if depth > 2 or kind < 0.4:
            return self.literal(depth)
        if kind < 0.5:
            return self.choice(["!", "not ", "! "]) + self.expression(depth + 1)
        if kind < 0.6:
            return "(" + self.expression(depth + 1) + ")"
        operator = self.choice("+ - * / % == != < > <= >= && || and or eq ne lt gt le ge".split())
        space = self.choice([" ", "  "])
        return self.expression(depth + 1) + space + operator + space + self.expression(depth + 1)

    def statement(self, depth):
        choice = self.choice
        kind = self.random.random()
        if kind < 0.35 or depth > 3:
            return choice(TEXTS)
        if kind < 0.6:
            return self.reference()
        space, end = choice(["", " "]), choice(["", " ", "\n", " \n", "\r\n"])
        if kind < 0.75:
            target = choice(["x", "y", "z", "map.new", "list[0]", "map['q']", "foo.bar"])
            return choice(["", " ", "\n "]) + f"#set({space}${target}{space}={space}{self.expression()}{space}){end}"
        if kind < 0.88:
            text = f"#if{choice(['', ' '])}({space}{self.expression()}{space}){end}" + self.block(depth + 1)
            if self.random.random() < 0.3:
                text += f"#elseif({self.expression()}){end}" + self.block(depth + 1)
            if self.random.random() < 0.4:
                text += choice(["#else\n", "#{else}", "#else "]) + self.block(depth + 1)
            return text + choice(["#end", "#{end}"]) + end
        elements = choice(["$list", "$map", "$numbers", "[1..3]", "['a', 'b']", "$nope", "$name", "[]",
                           "$map.entrySet()", "$map.keySet()", "$nested", self.literal(0)])
        last = choice(["", "$foreach.count", "$foreach.index$foreach.hasNext", "$velocityCount",
                       "#if($foreach.hasNext),#end", "#if($foreach.count == 2)#break#end", "$foreach.parent.count",
                       "$foreach.last", "$velocityHasNext", "$x.key=$!x.value"])
        return f"#foreach({space}${choice('xyz')} in {elements}{space}){end}{self.block(depth + 1)}{last}#end{end}"

    def block(self, depth):
        return "".join(self.statement(depth) for _ in range(self.random.randrange(4)))

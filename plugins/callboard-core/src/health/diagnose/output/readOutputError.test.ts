import { adviseOn, describeSubject, readLines, readOutputError } from '.';

/** What a person is told of an output: its first lines, what is wrong, what to do. */
function readError(output: string, hasEnded = true) {
  const error = readOutputError(readLines(output), { hasEnded });
  return (
    error && [
      ...error.excerpt,
      ...(error.subject
        ? [`=> ${describeSubject(error.subject)}`, adviseOn(error.subject)]
        : []),
    ]
  );
}

/** In the form that runtimes print, shortened and written by hand; `recorded.test.ts` has outputs of real runs. Nothing of .NET and Ruby was recorded. */
const OUTPUTS: Array<{ name: string; output: string; reported?: string[] }> = [
  {
    name: 'Node.js: a variable',
    output: `starting
/app/server.js:3
  throw new Error('DATABASE_URL is not set');
  ^

Error: DATABASE_URL is not set
    at connect (/app/server.js:3:9)
    at Object.<anonymous> (/app/server.js:7:1)
    at Module._compile (node:internal/modules/cjs/loader:1734:14)
    at Module.load (node:internal/modules/cjs/loader:1469:32)

Node.js v24.21.0`,
    reported: [
      'Error: DATABASE_URL is not set',
      '    at connect (/app/server.js:3:9)',
      '    … 3 more stack frames',
      '=> the variable DATABASE_URL is not set',
      'Set DATABASE_URL under variables in score.yaml, and push again',
    ],
  },
  {
    name: 'Node.js: a package of CommonJS',
    output: `node:internal/modules/cjs/loader:1404
  throw err;
  ^

Error: Cannot find module 'express'
Require stack:
- /app/server.js
    at Function._resolveFilename (node:internal/modules/cjs/loader:1401:15)
    at Module.require (node:internal/modules/cjs/loader:1463:12)
    at Object.<anonymous> (/app/server.js:1:17) {
  code: 'MODULE_NOT_FOUND',
  requireStack: [ '/app/server.js' ]
}

Node.js v24.21.0`,
    reported: [
      "Error: Cannot find module 'express'",
      '    at Object.<anonymous> (/app/server.js:1:17) {',
      '    … 2 more stack frames',
      '=> the package "express" is missing',
      'Add "express" to what the app depends on, and push again',
    ],
  },
  {
    name: 'Node.js: a package of a scope, as a module',
    output: `Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@acme/ui/button' imported from /app/server.mjs
    at packageResolve (node:internal/modules/esm/resolve:839:9)`,
    reported: [
      "Error [ERR_MODULE_NOT_FOUND]: Cannot find package '@acme/ui/button' imported from /app/server.mjs",
      '    … 1 more stack frame',
      '=> the package "@acme/ui" is missing',
      'Add "@acme/ui" to what the app depends on, and push again',
    ],
  },
  {
    name: 'Node.js: a file of its own',
    output: `Error: Cannot find module './db'
Require stack:
- /app/server.js`,
    reported: [
      "Error: Cannot find module './db'",
      '=> the file "./db" is missing',
      'The file "./db" is missing: add it to what is pushed, or correct the path',
    ],
  },
  {
    name: 'Node.js: the cause of an error counts',
    output: `Error: cannot start
    at main (/app/server.js:9:11)
    at node:internal/main/run_main_module:33:47 {
  [cause]: Error: connect ECONNREFUSED 10.0.0.7:5432
      at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1637:16) {
    errno: -111,
    code: 'ECONNREFUSED'
  }
}

Node.js v24.21.0`,
    reported: [
      'Error: connect ECONNREFUSED 10.0.0.7:5432',
      '    … 1 more stack frame',
      '=> nothing answers at 10.0.0.7:5432',
      'It does not reach 10.0.0.7:5432: check that address and that what should answer there runs',
    ],
  },
  {
    name: 'Node.js: an error that names nothing',
    output: `TypeError: Cannot read properties of undefined (reading 'port')
    at Object.<anonymous> (/app/server.js:2:20)`,
    reported: [
      "TypeError: Cannot read properties of undefined (reading 'port')",
      '    at Object.<anonymous> (/app/server.js:2:20)',
    ],
  },
  {
    name: 'Python: a package',
    output: `Traceback (most recent call last):
  File "/app/main.py", line 1, in <module>
    from flask import Flask
ModuleNotFoundError: No module named 'flask'`,
    reported: [
      "ModuleNotFoundError: No module named 'flask'",
      '  File "/app/main.py", line 1, in <module>',
      '    … 1 more stack frame',
      '=> the package "flask" is missing',
      'Add "flask" to what the app depends on, and push again',
    ],
  },
  {
    name: 'Python: a variable',
    output: `Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    url = os.environ["DATABASE"]
          ~~~~~~~~~~^^^^^^^^^^^^
  File "<frozen os>", line 679, in __getitem__
KeyError: 'DATABASE'`,
    reported: [
      "KeyError: 'DATABASE'",
      '  File "/app/main.py", line 3, in <module>',
      '    … 3 more stack frames',
      '=> the variable DATABASE is not set',
      'Set DATABASE under variables in score.yaml, and push again',
    ],
  },
  {
    name: 'Python: a key that is no variable',
    output: `Traceback (most recent call last):
  File "/app/main.py", line 3, in <module>
    prices["EUR"]
KeyError: 'EUR'`,
    reported: [
      "KeyError: 'EUR'",
      '  File "/app/main.py", line 3, in <module>',
      '    … 1 more stack frame',
    ],
  },
  {
    name: 'Go: a panic',
    output: `panic: DATABASE_URL is not set

goroutine 1 [running]:
main.connect(...)
	/app/db.go:12
main.main()
	/app/main.go:5 +0x1d
exit status 2`,
    reported: [
      'panic: DATABASE_URL is not set',
      '\t/app/db.go:12'.trimStart(),
      '    … 4 more stack frames',
      '=> the variable DATABASE_URL is not set',
      'Set DATABASE_URL under variables in score.yaml, and push again',
    ].map(line => (line === '/app/db.go:12' ? '\t/app/db.go:12' : line)),
  },
  {
    name: 'Go: log.Fatal',
    output: `2026/11/20 12:00:00 starting
2026/11/20 12:00:01 listen tcp :8080: bind: address already in use`,
    reported: [
      '2026/11/20 12:00:01 listen tcp :8080: bind: address already in use',
      '=> port 8080 is already taken',
      'Port 8080 is taken by another part of the app: let each listen on its own, and push again',
    ],
  },
  {
    name: 'Java: the deepest cause',
    output: `Exception in thread "main" java.lang.IllegalStateException: cannot start
	at com.acme.Shop.main(Shop.java:12)
Caused by: java.net.UnknownHostException: db.internal
	at java.base/java.net.InetAddress.getAllByName(InetAddress.java:1545)
	at com.acme.Db.open(Db.java:30)
	... 1 more`,
    reported: [
      'java.net.UnknownHostException: db.internal',
      '\tat com.acme.Db.open(Db.java:30)',
      '    … 2 more stack frames',
      '=> the name "db.internal" is unknown',
      'The name "db.internal" is unknown: correct the address the app is told',
    ],
  },
  {
    name: 'Java: Spring Boot in its own words',
    output: `***************************
APPLICATION FAILED TO START
***************************

Description:

Web server failed to start. Port 8080 was already in use.

Action:

Identify and stop the process that's listening on port 8080 or configure this application to listen on another port.`,
    reported: [
      'Web server failed to start. Port 8080 was already in use.',
      '=> port 8080 is already taken',
      'Port 8080 is taken by another part of the app: let each listen on its own, and push again',
    ],
  },
  {
    name: '.NET: a variable',
    output: `Unhandled exception. System.InvalidOperationException: DATABASE_URL is not set
   at Program.<Main>$(String[] args) in /app/Program.cs:line 3`,
    reported: [
      'System.InvalidOperationException: DATABASE_URL is not set',
      '   at Program.<Main>$(String[] args) in /app/Program.cs:line 3',
      '=> the variable DATABASE_URL is not set',
      'Set DATABASE_URL under variables in score.yaml, and push again',
    ],
  },
  {
    name: '.NET: the inner exception, of a package',
    output: `Unhandled exception. System.TypeInitializationException: The type initializer for 'Db' threw an exception.
 ---> System.IO.FileNotFoundException: Could not load file or assembly 'Npgsql, Version=8.0.0.0, Culture=neutral'. The system cannot find the file specified.
   at Db..cctor()
   --- End of inner exception stack trace ---
   at Program.<Main>$(String[] args) in /app/Program.cs:line 3`,
    reported: [
      "System.IO.FileNotFoundException: Could not load file or assembly 'Npgsql, Version=8.0.0.0, Culture=neutral'. The system cannot find the file specified.",
      '   at Program.<Main>$(String[] args) in /app/Program.cs:line 3',
      '    … 2 more stack frames',
      '=> the package "Npgsql" is missing',
      'Add "Npgsql" to what the app depends on, and push again',
    ],
  },
  {
    name: 'Ruby: a package',
    output: `<internal:/usr/local/lib/ruby/3.3.0/rubygems/core_ext/kernel_require.rb>:136:in \`require': cannot load such file -- sinatra (LoadError)
	from <internal:/usr/local/lib/ruby/3.3.0/rubygems/core_ext/kernel_require.rb>:136:in \`require'
	from /app/server.rb:1:in \`<main>'`,
    reported: [
      'cannot load such file -- sinatra (LoadError)',
      "\tfrom /app/server.rb:1:in `<main>'",
      '    … 1 more stack frame',
      '=> the package "sinatra" is missing',
      'Add "sinatra" to what the app depends on, and push again',
    ],
  },
  {
    name: 'Ruby: a variable',
    output: `/app/server.rb:3:in \`fetch': key not found: "DATABASE_URL" (KeyError)
	from /app/server.rb:3:in \`<main>'`,
    reported: [
      'key not found: "DATABASE_URL" (KeyError)',
      "\tfrom /app/server.rb:3:in `<main>'",
      '=> the variable DATABASE_URL is not set',
      'Set DATABASE_URL under variables in score.yaml, and push again',
    ],
  },
  {
    name: 'Rust: a panic',
    output: `thread 'main' panicked at src/main.rs:4:39:
DATABASE_URL must be set: NotPresent
note: run with \`RUST_BACKTRACE=1\` environment variable to display a backtrace`,
    reported: [
      'panicked at src/main.rs:4:39: DATABASE_URL must be set: NotPresent',
      '=> the variable DATABASE_URL is not set',
      'Set DATABASE_URL under variables in score.yaml, and push again',
    ],
  },
  {
    name: 'Rust: a panic with its frames',
    output: `thread 'main' panicked at src/main.rs:4:39:
index out of bounds: the len is 0 but the index is 1
stack backtrace:
   0: rust_begin_unwind
             at /rustc/90b35a6/library/std/src/panicking.rs:665:5
   1: core::panicking::panic_fmt
             at /rustc/90b35a6/library/core/src/panicking.rs:74:14
   2: shop::main
             at ./src/main.rs:4:39`,
    reported: [
      'panicked at src/main.rs:4:39: index out of bounds: the len is 0 but the index is 1',
      '             at ./src/main.rs:4:39',
      '    … 5 more stack frames',
    ],
  },
  {
    name: 'its own last words',
    output: 'starting\nno DATABASE_URL\ngiving up',
    reported: [
      'no DATABASE_URL',
      '=> the variable DATABASE_URL is not set',
      'Set DATABASE_URL under variables in score.yaml, and push again',
    ],
  },
  {
    name: 'its own last words, which name nothing',
    output: 'starting\n[ERROR] the configuration makes no sense\nbye',
    reported: ['[ERROR] the configuration makes no sense'],
  },
  {
    name: 'required environment variable',
    output: 'fatal: required environment variable DATABASE_URL',
    reported: [
      'fatal: required environment variable DATABASE_URL',
      '=> the variable DATABASE_URL is not set',
      'Set DATABASE_URL under variables in score.yaml, and push again',
    ],
  },
  {
    name: 'a name that is unknown',
    output: 'Error: getaddrinfo ENOTFOUND db.internal',
    reported: [
      'Error: getaddrinfo ENOTFOUND db.internal',
      '=> the name "db.internal" is unknown',
      'The name "db.internal" is unknown: correct the address the app is told',
    ],
  },
  {
    name: 'a file that is missing',
    output: "Error: ENOENT: no such file or directory, open '/app/config.json'",
    reported: [
      "Error: ENOENT: no such file or directory, open '/app/config.json'",
      '=> the file "/app/config.json" is missing',
      'The file "/app/config.json" is missing: add it to what is pushed, or correct the path',
    ],
  },
  { name: 'no error', output: 'starting\nall is lost', reported: undefined },
  { name: 'nothing', output: '', reported: undefined },
];

describe('the error in an output', () => {
  it.each(OUTPUTS)('$name', ({ output, reported }) => {
    expect(readError(output)).toEqual(reported);
  });

  it('of a program that runs is none of the errors it only speaks of', () => {
    expect(readError('ERROR GET /error 500', false)).toBeUndefined();
    expect(readError('Error: DATABASE_URL is not set', false)).toHaveLength(3);
  });

  it('never shows a secret', () => {
    const reported = readError(
      'Error: cannot reach postgres://shop:hunter2@db:5432 with password=hunter2',
    );
    expect(JSON.stringify(reported)).not.toContain('hunter2');
  });

  it('is found in bounded time, whatever was printed', () => {
    const hostile = [
      'Error: '.repeat(20_000),
      `${'a.'.repeat(250)}Error`,
      ...Array(5_000).fill('    at x (/a.js:1:1)'),
      ...Array(2_000).fill(`${'A_'.repeat(240)} is`),
      `Caused by: ${'a.b:'.repeat(120)}`,
    ].join('\n');
    const began = performance.now();
    readError(hostile);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

import { findStartCommand } from './findStartCommand';

const manifest = (value: unknown) => JSON.stringify(value);

describe('findStartCommand', () => {
  it.each([
    {
      name: 'the web line of a Procfile wins',
      given: {
        paths: ['server.js'],
        procfile: 'release: x\nweb: node a.js --b',
        packageJson: manifest({ scripts: { start: 'node c.js' } }),
      },
      expected: { kind: 'shell', line: 'node a.js --b', from: 'Procfile' },
    },
    {
      name: 'then the start script',
      given: {
        paths: ['server.js'],
        packageJson: manifest({
          scripts: { start: 'node c.js' },
          main: 'server.js',
        }),
      },
      expected: { kind: 'shell', line: 'node c.js', from: 'package.json' },
    },
    {
      name: 'then main, where the file is there',
      given: { paths: ['lib.js'], packageJson: manifest({ main: './lib.js' }) },
      expected: { kind: 'node', script: 'lib.js' },
    },
    {
      name: 'then a well-known script',
      given: { paths: ['index.js', 'index.html'] },
      expected: { kind: 'node', script: 'index.js' },
    },
    {
      name: 'then a page',
      given: { paths: ['index.html'] },
      expected: { kind: 'static', folder: '' },
    },
    {
      name: 'also in a well-known folder',
      given: { paths: ['public/index.html'] },
      expected: { kind: 'static', folder: 'public' },
    },
    {
      name: 'a page that a build step made comes before its source',
      given: {
        paths: ['index.html', 'dist/index.html'],
        packageJson: manifest({ scripts: { build: 'vite build' } }),
      },
      expected: { kind: 'static', folder: 'dist' },
    },
    {
      name: 'and before the server of development',
      given: {
        paths: ['public/index.html', 'build/index.html'],
        packageJson: manifest({
          scripts: {
            build: 'react-scripts build',
            start: 'react-scripts start',
          },
        }),
      },
      expected: { kind: 'static', folder: 'build' },
    },
    {
      name: 'not before a server of its own',
      given: {
        paths: ['dist/index.html'],
        packageJson: manifest({
          scripts: { build: 'vite build', start: 'node server.js' },
        }),
      },
      expected: { kind: 'shell', line: 'node server.js', from: 'package.json' },
    },
    {
      name: 'what main names may be made by the build step, beside pages',
      given: {
        paths: ['dist/index.html', 'dist/main.js'],
        packageJson: manifest({
          scripts: { build: 'tsc' },
          main: './dist/main.js',
        }),
      },
      expected: { kind: 'node', script: 'dist/main.js' },
    },
    {
      name: 'a broken package.json says nothing',
      given: { paths: ['a.txt'], packageJson: '{' },
      expected: undefined,
    },
    {
      name: 'a Procfile without web says nothing',
      given: { paths: [], procfile: 'worker: node w.js' },
      expected: undefined,
    },
    {
      name: 'nothing to go by',
      given: { paths: ['README.md'] },
      expected: undefined,
    },
  ])('$name', ({ given, expected }) => {
    expect(findStartCommand(given)).toEqual(expected);
  });
});

import { noStartCommand } from './noStartCommand';

describe('noStartCommand', () => {
  it.each([
    {
      name: 'Python',
      paths: ['app.py', 'requirements.txt', 'score.yaml'],
      says: 'Cannot build a repository in Python: it is Python (requirements.txt)',
    },
    {
      name: 'Go, though there is a script in Python',
      paths: ['go.mod', 'main.go', 'release.py'],
      says: 'Cannot build a repository in Go: it is Go (go.mod)',
    },
    {
      name: 'Java',
      paths: ['pom.xml', 'src/main/java/App.java'],
      says: 'Cannot build a repository in Java: it is Java (pom.xml)',
    },
    {
      name: 'Rust',
      paths: ['Cargo.toml'],
      says: 'Cannot build a repository in Rust: it is Rust (Cargo.toml)',
    },
    {
      name: '.NET',
      paths: ['shop.csproj'],
      says: 'Cannot build a repository in .NET: it is .NET (shop.csproj)',
    },
  ])('names $name, and no Node.js program', ({ paths, says }) => {
    for (const dockerfiles of ['built', 'not-configured', 'never'] as const) {
      const { what, why, next } = noStartCommand(paths, dockerfiles);
      expect(`${what}: ${why}`).toMatch(says);
      expect(next).not.toMatch(/node server/);
    }
  });

  it.each([
    { dockerfiles: 'built' as const, next: /^Add a Dockerfile/ },
    {
      dockerfiles: 'not-configured' as const,
      next: /^Build the image elsewhere.* callboard\.builder\.buildkit/,
    },
    { dockerfiles: 'never' as const, next: /real clusters/ },
  ])('says a step that there is: $dockerfiles', ({ dockerfiles, next }) => {
    expect(noStartCommand(['go.mod'], dockerfiles).next).toMatch(next);
  });

  it('asks Node.js for a script, and TypeScript for a package.json', () => {
    expect(noStartCommand(['package.json'], 'never').next).toMatch(/"start"/);
    expect(noStartCommand(['main.ts'], 'never').next).toMatch(/package\.json/);
  });

  it('goes by the top folder alone', () => {
    expect(noStartCommand(['docs/setup.py'], 'never').next).toMatch(/Procfile/);
  });
});

import { readPackageRegistries } from './PackageRegistry';
import {
  readRegistryChoices,
  renderNpmrc,
  renderYarnrc,
} from './registryChoices';

const ALLOWED = [
  { url: 'https://npm.example.com/team', token: 's3cret' },
  { url: 'https://mirror.example.com' },
];

function choose(file: string, text: string) {
  return readRegistryChoices(new Map([[file, text]]), ALLOWED);
}

describe('readRegistryChoices', () => {
  it.each([
    {
      file: '.npmrc',
      text: 'registry = https://mirror.example.com/\n@team:registry="https://npm.example.com/team"\n',
    },
    {
      file: '.yarnrc',
      text: 'registry "https://mirror.example.com"\n"@team:registry" "https://npm.example.com/team/"\n',
    },
    {
      file: '.yarnrc.yml',
      text: 'npmRegistryServer: https://mirror.example.com\nnpmScopes:\n  team:\n    npmRegistryServer: https://npm.example.com/team\n',
    },
  ])(
    'takes registries that the platform allows from $file',
    ({ file, text }) => {
      expect(choose(file, text)).toEqual({
        main: 'https://mirror.example.com',
        scopes: { '@team': 'https://npm.example.com/team' },
        warnings: [],
      });
    },
  );

  it('takes no other registry, and says so without what may be a secret', () => {
    const choices = choose(
      '.npmrc',
      'registry=https://me:hunter2@npm.example.com/team\n@a:registry=http://169.254.169.254/\n',
    );
    expect(choices).toEqual({
      scopes: {},
      warnings: [
        '.npmrc names a package registry that this platform does not allow',
        '.npmrc names a package registry that this platform does not allow: http://169.254.169.254',
      ],
    });
  });

  it('names what else was set, and no value of it', () => {
    const { warnings } = choose(
      '.npmrc',
      'git=./evil.sh\n//npm.example.com/:_authToken=hunter2\nfund=false\n; a comment\n',
    );
    expect(warnings).toEqual([
      '.npmrc is read for registries only; not used: git, //npm.example.com/:_authToken',
    ]);
  });

  it('is not led to other settings by the name of a scope', () => {
    const { scopes } = choose(
      '.npmrc',
      '@x\\ngit:registry=https://mirror.example.com\n',
    );
    expect(scopes).toEqual({});
  });
});

it('renders settings with the tokens of the platform', () => {
  const choices = choose(
    '.npmrc',
    '@team:registry=https://npm.example.com/team\n',
  );
  expect(renderNpmrc(choices, ALLOWED)).toBe(
    '@team:registry=https://npm.example.com/team/\n//npm.example.com/team/:_authToken=s3cret\n',
  );
  expect(JSON.parse(renderYarnrc(choices, ALLOWED))).toEqual({
    npmScopes: { team: { npmRegistryServer: 'https://npm.example.com/team' } },
    npmRegistries: {
      '//npm.example.com/team': { npmAuthToken: 's3cret', npmAlwaysAuth: true },
    },
  });
});

it('refuses a registry with credentials in its address, and does not repeat them', () => {
  const config = {
    getOptionalConfigArray: () => [
      {
        getString: () => 'https://me:hunter2@npm.example.com',
        getOptionalString: () => undefined,
      },
    ],
  };
  expect(() => readPackageRegistries(config)).toThrow(
    /^callboard\.builder\.packageRegistries\[\]\.url must be an http or https address without credentials, got something else$/,
  );
});

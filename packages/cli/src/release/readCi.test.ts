import { readCi } from './readCi';

const of = (variables: Record<string, string>) =>
  readCi(name => variables[name] || undefined);

describe('the CI that a release comes from', () => {
  it('is GitHub Actions, and of a pull request its branch', () => {
    expect(
      of({
        GITHUB_ACTIONS: 'true',
        GITHUB_SHA: '1a2b3c4d',
        GITHUB_HEAD_REF: 'fix',
        GITHUB_REF_NAME: '7/merge',
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: 'acme/shop',
        GITHUB_RUN_ID: '42',
        GITHUB_RUN_ATTEMPT: '2',
      }),
    ).toEqual({
      revision: {
        builtBy: 'GitHub Actions',
        commit: '1a2b3c4d',
        branch: 'fix',
        url: 'https://github.com/acme/shop/commit/1a2b3c4d',
        run: 'https://github.com/acme/shop/actions/runs/42/attempts/2',
      },
      id: 'https://github.com/acme/shop/actions/runs/42/2',
    });
  });

  it('is GitLab CI', () => {
    expect(
      of({
        GITLAB_CI: 'true',
        CI_COMMIT_SHA: '1a2b3c4d',
        CI_COMMIT_BRANCH: 'main',
        CI_COMMIT_TITLE: 'Fix rounding',
        CI_COMMIT_AUTHOR: 'Ana <ana@example.com>',
        CI_PROJECT_URL: 'https://gitlab.example/acme/shop',
        CI_JOB_URL: 'https://gitlab.example/acme/shop/-/jobs/9',
      }),
    ).toEqual({
      revision: {
        builtBy: 'GitLab CI',
        commit: '1a2b3c4d',
        branch: 'main',
        message: 'Fix rounding',
        author: 'Ana <ana@example.com>',
        url: 'https://gitlab.example/acme/shop/-/commit/1a2b3c4d',
        run: 'https://gitlab.example/acme/shop/-/jobs/9',
      },
      id: 'https://gitlab.example/acme/shop/-/jobs/9',
    });
  });

  it('is Jenkins', () => {
    expect(
      of({
        JENKINS_URL: 'https://jenkins.example/',
        BUILD_URL: 'https://jenkins.example/job/shop/7/',
        GIT_COMMIT: '1a2b3c4d',
        GIT_BRANCH: 'origin/main',
      }),
    ).toEqual({
      revision: {
        builtBy: 'Jenkins',
        commit: '1a2b3c4d',
        branch: 'main',
        run: 'https://jenkins.example/job/shop/7/',
      },
      id: 'https://jenkins.example/job/shop/7/',
    });
  });

  it('is none on the machine of a person', () => {
    expect(of({ HOME: '/root' })).toEqual({ revision: {} });
  });
});

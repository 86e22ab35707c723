import {
  describeActor,
  describeAuthor,
  describeReleaser,
} from './describeActor';

describe('who acted, for people', () => {
  it.each([
    ['user:default/ana', 'ana'],
    ['group:default/payments', 'payments'],
    ['user:guests/ana', 'ana'],
    ['ana', 'ana'],
    ['program:development/guest', 'guest (program)'],
    ['service:external:ci', 'ci (service)'],
    ['token:shop/ci', 'token ci of shop'],
    ['system:placement', 'Callboard'],
    ['system:source', 'its repository'],
  ])('%s is %s', (ref, expected) => {
    expect(describeActor(ref)).toBe(expected);
  });

  it.each([
    ['user:default/ana', 'ana'],
    ['system:delivery', 'Callboard'],
    ['system:source', 'From its repository'],
  ])('a release of %s has the line %s', (ref, expected) => {
    expect(describeReleaser(ref)).toBe(expected);
  });

  it.each([
    ['Ana Ruiz <ana@example.com>', 'Ana Ruiz'],
    ['ana', 'ana'],
    ['<ana@example.com>', '<ana@example.com>'],
  ])('author %s is %s', (author, expected) => {
    expect(describeAuthor(author)).toBe(expected);
  });
});

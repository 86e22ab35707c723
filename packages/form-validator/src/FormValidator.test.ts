import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { FormValidator } from './FormValidator';

const TEMPLATES = join(__dirname, '../../../catalog/templates');

const form = new FormValidator<any, any, any>();

const schema = {
  type: 'object',
  required: ['name', 'size'],
  properties: {
    name: { title: 'Name', type: 'string', pattern: '^[a-z]+$', maxLength: 8 },
    size: { type: 'integer', minimum: 1 },
    mail: { type: 'string', format: 'email' },
    kind: { type: 'string', enum: ['node', 'static'] },
    tags: { type: 'array', items: { type: 'string' } },
    said: { type: 'string', pattern: '^x', errorMessage: 'must begin with x' },
  },
};

const stacks = (data: unknown) =>
  form.validateFormData(data, schema).errors.map(({ stack }) => stack);

describe('FormValidator', () => {
  it.each([
    {
      name: 'nothing filled in',
      data: {},
      expected: ['Name is required', 'size is required'],
    },
    {
      name: 'no data at all',
      data: undefined,
      expected: ['Name is required', 'size is required'],
    },
    {
      name: 'all right',
      data: { name: 'shop', size: 2, kind: 'node' },
      expected: [],
    },
    {
      name: 'a wrong name',
      data: { name: 'Shop', size: 2 },
      expected: ['Name must match ^[a-z]+$'],
    },
    {
      name: 'a long name',
      data: { name: 'shopshopshop', size: 2 },
      expected: ['Name must have at most 8 characters'],
    },
    {
      name: 'a wrong type',
      data: { name: 'shop', size: 'two' },
      expected: ['size must be of type integer'],
    },
    {
      name: 'too small',
      data: { name: 'shop', size: 0 },
      expected: ['size must be at least 1'],
    },
    {
      name: 'a format',
      data: { name: 'shop', size: 1, mail: 'nobody' },
      expected: ['mail must be a valid email'],
    },
    {
      name: 'a choice',
      data: { name: 'shop', size: 1, kind: 'go' },
      expected: ['kind must be one of node, static'],
    },
    {
      name: 'an item of a list',
      data: { name: 'shop', size: 1, tags: ['a', 2] },
      expected: ['1 must be of type string'],
    },
    {
      name: "the schema's own words",
      data: { name: 'shop', size: 1, said: 'y' },
      expected: ['said must begin with x'],
    },
  ])('judges $name', ({ data, expected }) => {
    expect(stacks(data)).toEqual(expected);
  });

  it('puts each error at its field', () => {
    const { errorSchema } = form.validateFormData({ size: 0 }, schema);
    expect(errorSchema).toMatchObject({
      name: { __errors: ['is required'] },
      size: { __errors: ['must be at least 1'] },
    });
  });

  it('adds what the form itself finds, and lets it change the words', () => {
    const { errors } = form.validateFormData(
      { name: 'shop' },
      schema,
      (data, handler) => {
        handler.name?.addError(`${data.name} is taken`);
        return handler;
      },
      found => found.map(error => ({ ...error, message: 'is missing' })),
    );
    expect(errors.map(({ message }) => message)).toEqual([
      'is missing',
      'is taken'.replace('is', 'shop is'),
    ]);
  });

  it('follows references into the whole schema', () => {
    const root = { definitions: { port: { type: 'integer', maximum: 65535 } } };
    const port = { ...root, $ref: '#/definitions/port' };
    expect(form.isValid(port, 80, root)).toBe(true);
    expect(form.isValid(port, 70_000, root)).toBe(false);
    expect(form.isValid({ $ref: '#/nowhere' }, 1, root)).toBe(false);
  });

  it.each(readdirSync(TEMPLATES))('judges the form of template %s', name => {
    const file = join(TEMPLATES, name, 'template.yaml');
    const { parameters } = parse(readFileSync(file, 'utf8')).spec;
    const [page] = [parameters].flat();
    expect(form.validateFormData({}, page).errors.length).toBeGreaterThan(0);
    expect(
      form.validateFormData({ name: 'Not A Name!' }, page).errors,
    ).not.toEqual([]);
  });

  it.each([
    ['https://github.com/acme/shop', []],
    ['https://git.example/group/team/shop.git', []],
    ['git@github.com:acme/shop.git', ['Repository']],
    ['https://ana:secret@git.example/acme/shop', ['Repository']],
    ['https://git.example', ['Repository']],
  ])(
    'takes %s as a repository to connect, or says of what it is not',
    (url, expected) => {
      const file = join(TEMPLATES, 'connect-repository/template.yaml');
      const [, page] = parse(readFileSync(file, 'utf8')).spec.parameters;
      expect(
        form
          .validateFormData({ url }, page)
          .errors.map(({ stack }) => stack.split(' ')[0]),
      ).toEqual(expected);
    },
  );
});

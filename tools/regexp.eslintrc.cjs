// No regular expression of the product takes more than linear time: one that
// does is a portal that stands still for anyone who finds the text for it. Long
// files are listed with it, as warnings: both take one look at every file.
module.exports = {
  root: true,
  parser: '@typescript-eslint/parser',
  plugins: ['regexp'],
  noInlineConfig: true,
  ignorePatterns: [
    '**/node_modules/**',
    '**/dist/**',
    '**/dist-types/**',
    '**/*.test.*',
    '**/*.stories.ts',
    '**/__testUtils__/**',
    '**/*_pb.ts',
  ],
  rules: {
    'regexp/no-super-linear-backtracking': ['error', { report: 'certain' }],
    'regexp/no-super-linear-move': ['error', { report: 'certain' }],
    'max-lines': ['warn', { max: 300 }], // docs/style.md
  },
};

import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Tests render a whole portal, often on a busy machine.
jest.setTimeout(60_000);
configure({
  asyncUtilTimeout: 12_000,
  getElementError: message => new Error(message ?? 'Not found'),
});

import { Route, Routes } from 'react-router-dom';
import { EnvironmentsPage } from './EnvironmentsPage/EnvironmentsPage';
import { NotFoundPage } from './NotFound/NotFoundPage';

/** Routes below `/callboard/environments`. */
export function EnvironmentsRoutes(): JSX.Element {
  return (
    <Routes>
      <Route path="/" element={<EnvironmentsPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

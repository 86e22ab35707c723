import { Route, Routes } from 'react-router-dom';
import { AuditPage } from './AuditPage/AuditPage';
import { NotFoundPage } from './NotFound/NotFoundPage';

/** Routes below `/callboard/audit`. */
export function AuditRoutes(): JSX.Element {
  return (
    <Routes>
      <Route path="/" element={<AuditPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  );
}

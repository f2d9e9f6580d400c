import { Navigate } from '@tanstack/react-router';
import { NotFoundPage } from '../faults/fault-message.tsx';
import { useNavigation } from './navigation-of.ts';

/** The console begins with the first section that the person has. */
export function HomePage() {
  const [first] = useNavigation().flatMap(({ entries }) => entries);
  return first === undefined ? <NotFoundPage /> : <Navigate to={first.path} replace />;
}

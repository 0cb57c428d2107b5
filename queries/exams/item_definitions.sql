select item, full_marks, kind, knowledge_point, ability, upper(answer) as answer
from exam_item where exam_id = $exam and subject = $subject

import {
  ProcessingJobFixture,
  ReviewTaskFixture,
  TimeblockFixture,
  TimetableFixture,
  UploadedDocumentFixture,
  UserFixture
} from "@timegrid/core"

/** The sample rows of the schema's documentation, word for word, each with the schema of its place. */
export const samples = [
  {
    table: "users",
    schema: UserFixture,
    required: ["email", "first_name", "last_name"],
    row: {
      id: "550e8400-e29b-41d4-a716-446655440000",
      email: "john.smith@school.edu",
      first_name: "John",
      last_name: "Smith",
      role: "teacher",
      settings: { notifications: { email: true, push: true }, theme: "light", language: "en" }
    }
  },
  {
    table: "timetables",
    schema: TimetableFixture,
    required: ["user_id", "name", "year"],
    row: {
      id: "660e8400-e29b-41d4-a716-446655440001",
      user_id: "550e8400-e29b-41d4-a716-446655440000",
      name: "Class 2EJ - Autumn Term",
      class_name: "2EJ",
      term: "Autumn 2024",
      year: 2024,
      week_start_date: "2024-09-01",
      status: "active",
      metadata: { totalWeeks: 12, breakWeeks: [6], schoolName: "Little Themed Primary School" }
    }
  },
  {
    table: "timeblocks",
    schema: TimeblockFixture,
    required: ["timetable_id", "name", "day_of_week", "start_time", "end_time"],
    row: {
      id: "770e8400-e29b-41d4-a716-446655440002",
      timetable_id: "660e8400-e29b-41d4-a716-446655440001",
      name: "Maths",
      day_of_week: "Monday",
      start_time: "09:00:00",
      end_time: "10:00:00",
      duration: 60,
      notes: "Focus on multiplication tables",
      color: "#10B981",
      position: 1,
      metadata: { subject: "Mathematics", room: "Room 12", teacher: "Ms. Johnson" }
    }
  },
  {
    table: "documents",
    schema: UploadedDocumentFixture,
    required: ["user_id", "file_name", "file_type", "file_size", "s3_bucket", "s3_key"],
    row: {
      id: "880e8400-e29b-41d4-a716-446655440003",
      timetable_id: "660e8400-e29b-41d4-a716-446655440001",
      user_id: "550e8400-e29b-41d4-a716-446655440000",
      file_name: "timetable_autumn_2024.pdf",
      file_type: "application/pdf",
      file_size: 524288,
      s3_bucket: "learning-yogi-documents-prod",
      s3_key: "uploads/2024/10/31/880e8400-e29b-41d4-a716-446655440003.pdf",
      upload_status: "completed",
      metadata: {
        originalName: "Class 2EJ Timetable.pdf",
        pageCount: 1,
        dimensions: { width: 2480, height: 3508 }
      }
    }
  },
  {
    table: "processing_jobs",
    schema: ProcessingJobFixture,
    required: ["document_id", "user_id"],
    row: {
      id: "990e8400-e29b-41d4-a716-446655440004",
      document_id: "880e8400-e29b-41d4-a716-446655440003",
      timetable_id: "660e8400-e29b-41d4-a716-446655440001",
      user_id: "550e8400-e29b-41d4-a716-446655440000",
      status: "completed",
      stage: "validation",
      confidence: 99.25,
      processing_tier: "tesseract",
      metadata: {
        classification: "pdf",
        pageCount: 1,
        ocrEngine: "tesseract-5.3.0",
        processingTime: { classification: 850, preprocessing: 420, ocr: 1250, validation: 180, total: 2700 }
      },
      started_at: "2024-10-31T10:30:00Z",
      completed_at: "2024-10-31T10:30:03Z"
    }
  },
  {
    table: "hitl_tasks",
    schema: ReviewTaskFixture,
    required: ["job_id"],
    row: {
      id: "aa0e8400-e29b-41d4-a716-446655440005",
      job_id: "990e8400-e29b-41d4-a716-446655440004",
      assigned_to: "550e8400-e29b-41d4-a716-446655440999",
      priority: "normal",
      status: "completed",
      draft_data: {
        timeblocks: [{ name: "Maths (OCR: uncertain)", day: "Monday", startTime: "09:00", endTime: "10:00" }]
      },
      final_data: {
        timeblocks: [{ name: "Maths", day: "Monday", startTime: "09:00", endTime: "10:00" }]
      },
      review_notes: "Corrected subject name from unclear OCR"
    }
  }
] as const
